// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.plugins;

import java.net.URL;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Shows a {@link java.util.ServiceLoader} a single file of services, so that a provider that fails has a jar. */
final class SingleServicesFile extends ClassLoader {
    private final List<URL> file;

    /**
     * A view of a loader, which loads all classes.
     *
     * @param file the one file that is seen; null for none, which leaves the providers of modules
     */
    SingleServicesFile(ClassLoader loader, @Nullable URL file) {
        super(loader);
        this.file = file == null ? List.of() : List.of(file);
    }

    @Override
    public Enumeration<URL> getResources(String name) {
        return Collections.enumeration(file);
    }
}
