// SPDX-License-Identifier: Apache-2.0
/**
 * Finding plugins and choosing them by name.
 *
 * <p>{@link io.kurier.core.plugins.PluginCatalog} asks {@link java.util.ServiceLoader} for every serializer and
 * partitioner plugin and takes those that a Guice module bound. A provider that cannot be loaded is kept aside as
 * {@link io.kurier.core.plugins.BrokenPlugin} and never hides the others (KAFKA-14649). Two different plugins with one
 * name are a problem only if that name is used.
 */
@NullMarked
package io.kurier.core.plugins;

import org.jspecify.annotations.NullMarked;
