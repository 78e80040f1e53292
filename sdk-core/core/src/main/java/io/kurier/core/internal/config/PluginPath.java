// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.config;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The folders of the key {@code plugin.path}.
 *
 * @param folders their real paths, each once
 * @param shown whether the names of these folders may be shown: not if a config provider returned them
 * @param pins the digests that the jars must have; null if any jar may be loaded
 */
public record PluginPath(
        List<Path> folders, boolean shown, @Nullable PluginPins pins) {

    /** No folders. */
    public static final PluginPath NONE = new PluginPath(List.of(), true);

    /** Copies the list. */
    public PluginPath {
        folders = List.copyOf(folders);
    }

    /** Creates a path whose jars need not have certain digests. */
    public PluginPath(List<Path> folders, boolean shown) {
        this(folders, shown, null);
    }
}
