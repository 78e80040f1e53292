// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.config;

import java.nio.file.Path;
import java.util.List;

/**
 * The folders of the key {@code plugin.path}.
 *
 * @param folders their real paths, each once
 * @param shown whether the names of these folders may be shown: not if a config provider returned them
 */
public record PluginPath(List<Path> folders, boolean shown) {

    /** No folders. */
    public static final PluginPath NONE = new PluginPath(List.of(), true);

    /** Copies the list. */
    public PluginPath {
        folders = List.copyOf(folders);
    }
}
