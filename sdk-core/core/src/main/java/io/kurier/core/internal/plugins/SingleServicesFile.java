// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.plugins;

import java.net.URL;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Shows a single services file to a {@link java.util.ServiceLoader}, so that the jar of a provider that fails is known.
 */
final class SingleServicesFile extends ClassLoader {
    private final List<URL> file;

    /**
     * Creates a view of a loader, which loads all classes.
     *
     * @param file the only visible services file; null for none, which leaves the providers of modules
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
