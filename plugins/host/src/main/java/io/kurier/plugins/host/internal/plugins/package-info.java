// SPDX-License-Identifier: Apache-2.0
/**
 * How the host finds Connect's plugins (connectors, converters, transformations, predicates) and creates instances of
 * their classes. For Kurier's own modules.
 *
 * <p>{@link io.kurier.plugins.host.internal.plugins.ConnectPlugins} holds a {@code PluginSource} for the class path and for
 * each folder of {@code plugin.path}. {@code PluginSearch} finds the class of a name in them, {@code Instances} creates an
 * object of it, and {@code JarConflict} names the jar to remove if its classes do not fit.
 */
@NullMarked
package io.kurier.plugins.host.internal.plugins;

import org.jspecify.annotations.NullMarked;
