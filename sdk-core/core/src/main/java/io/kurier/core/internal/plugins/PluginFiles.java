// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.plugins;

import io.kurier.core.internal.errors.SafeLogger;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One plugin of {@code plugin.path}: a folder with its jars, or a single jar.
 *
 * @param origin for people
 * @param jars the jars that are used, in the order of their names
 * @param copies the folder that these are in; null if they are used where they are
 */
record PluginFiles(
        String origin, List<PluginJar> jars, @Nullable PinnedJars copies) implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PluginFiles.class);

    /** Deletes copies of the jars. */
    @Override
    public void close() {
        if (copies != null) {
            try {
                copies.close();
            } catch (IOException e) {
                SafeLogger.warn(LOG, e, "the copies of the jars of {} cannot be deleted", origin);
            }
        }
    }
}
