// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.plugins;

import java.util.List;

/**
 * One plugin of {@code plugin.path}: a folder with its jars, or a single jar.
 *
 * @param origin for people
 * @param jars the jars that are used, in the order of their names
 */
record PluginFiles(String origin, List<PluginJar> jars) {}
