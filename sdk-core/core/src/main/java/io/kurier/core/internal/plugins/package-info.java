// SPDX-License-Identifier: Apache-2.0
/**
 * Finding plugins and choosing them by name.
 *
 * <p>A plugin is found because its jar names it in {@code META-INF/services}, on the class path or in a folder of
 * {@code plugin.path}, or because code provides it ({@link io.kurier.core.internal.plugins.BoundPlugins}). A plugin
 * that is found is not active: only a name in configuration activates it. All plugins that were found are one {@link
 * io.kurier.core.internal.plugins.PluginCatalog}:
 *
 * <pre>{@code
 * try (PluginCatalog plugins = PluginCatalog.discover(BoundPlugins.NONE, config.pluginPath())) {
 *     plugins.faults().forEach(System.out::println); // plugins/csv.jar: not a jar, or cut short (10 bytes). ...
 *     SerializerPlugin csv = plugins.serializer("csv"); // or an error that lists all names, and all faults
 * }
 * }</pre>
 *
 * <p>A folder is processed in this order:
 *
 * <ol>
 *   <li>{@code PluginFolder} lists it. Each folder in it is a plugin, and so is each jar; links that lead out are
 *       refused, and so is what other users may write to ({@code FolderTrust}); only regular files are opened. If
 *       digests are listed, {@code PinnedJars} copies each jar while it compares its digest.
 *   <li>{@code PluginJar} checks each jar before a class of it is loaded: is it a jar, does it stay inside the folder,
 *       which services does it name?
 *   <li>{@code IsolatedFolder} gives each plugin a {@code PluginClassLoader}, for which {@code ParentFirstClasses} lists
 *       the classes of the application; all others come from the plugin first.
 *   <li>{@code Providers} runs a {@link java.util.ServiceLoader} over each services file separately, so that the jar of
 *       a bad provider is known and the provider hides no other (KAFKA-14649); {@code LoadFailure} has the messages.
 *       It does the same for the class path, independent of the thread's loader (KAFKA-21107).
 *   <li>{@code PluginCheck} checks the created plugin against the current interface.
 *   <li>{@code IsolatedPlugin} wraps it, and runs its code with its own loader as the thread's context class loader.
 * </ol>
 *
 * <p>Every problem in these steps is a {@link io.kurier.core.internal.plugins.PluginFault}, with the jar and what to
 * do, and the other plugins are still loaded. Two plugins with one name are an error only if that name is used. The
 * loaders are open until the catalog is closed, which is the last step of closing a publisher.
 *
 * <p>{@code PluginKeys} combines the places where the keys of one plugin are set, {@link
 * io.kurier.core.internal.plugins.PluginMaker} checks them against the plugin's {@code ConfigDef} and lets the plugin
 * create the objects of a topic, {@link io.kurier.core.internal.plugins.PluginCloser} closes those, and {@link
 * io.kurier.core.internal.plugins.ResolvedTopics} lists the keys of topics for {@code kurier check}.
 */
@NullMarked
package io.kurier.core.internal.plugins;

import org.jspecify.annotations.NullMarked;
