// SPDX-License-Identifier: Apache-2.0
/**
 * Finding plugins and choosing them by name.
 *
 * <p>A plugin is found because its jar names it in {@code META-INF/services}, on the class path or in a folder of {@code
 * plugin.path}, or because code gave it ({@link io.kurier.core.internal.plugins.BoundPlugins}). Being found activates nothing: a
 * name in configuration does. All that was found is one {@link io.kurier.core.internal.plugins.PluginCatalog}:
 *
 * <pre>{@code
 * try (PluginCatalog plugins = PluginCatalog.discover(BoundPlugins.NONE, config.pluginPath())) {
 *     plugins.faults().forEach(System.out::println); // plugins/csv.jar: not a jar, or cut short (10 bytes). ...
 *     SerializerPlugin csv = plugins.serializer("csv"); // or an error that lists all names, and all faults
 * }
 * }</pre>
 *
 * <p>What happens to a folder, in this order:
 *
 * <ol>
 *   <li>{@code PluginFolder} lists it. Each folder in it is a plugin, and so is each jar; links that lead out are refused,
 *       and only regular files are opened.
 *   <li>{@code PluginJar} looks at each jar before a class of it is loaded: is it one, does it stay inside, what does it
 *       name?
 *   <li>{@code FolderPlugins} gives each plugin a {@code PluginClassLoader}, for which {@code ParentFirstClasses} says what is the
 *       application's; all else is the plugin's own first.
 *   <li>{@code Providers} walks a {@link java.util.ServiceLoader} over each file of services alone, so that one bad
 *       provider has a jar and hides no other (KAFKA-14649); {@code LoadFailure} has the words. It does the same for the
 *       class path, whatever loader the thread has (KAFKA-21107).
 *   <li>{@code PluginCheck} holds what was made against the interface as it is now.
 *   <li>{@code IsolatedPlugin} is put before it, and lets its code run with its own loader as the thread's.
 * </ol>
 *
 * <p>Whatever goes wrong on the way is a {@link io.kurier.core.internal.plugins.PluginFault}, with the jar and what to do, and the
 * rest goes on. Two plugins with one name are an error only if that name is used. The loaders are open until the catalog is
 * closed, which the publisher does last of all.
 *
 * <p>{@code PluginKeys} brings together where the keys of one plugin are set, {@link
 * io.kurier.core.internal.plugins.PluginMaker} checks them against the plugin's {@code ConfigDef} and has the plugin make what a
 * topic needs, {@link io.kurier.core.internal.plugins.PluginCloser} closes that, and {@link
 * io.kurier.core.internal.plugins.ResolvedTopics} lists the keys of topics for {@code kurier check}.
 */
@NullMarked
package io.kurier.core.internal.plugins;

import org.jspecify.annotations.NullMarked;
