// SPDX-License-Identifier: Apache-2.0
package io.kurier.debezium;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes a plugin's jars visible to the context class loader of a thread that declares topics and starts a host:
 * {@code TopicSerializers} calls a connector's {@code config()} with the context of its caller, while Debezium's names
 * classes there that only its folder has. With a host that enters the folder first this class is not needed.
 */
public final class PluginContext implements AutoCloseable {
    private final ClassLoader before;
    private final URLClassLoader loader;

    private PluginContext(ClassLoader before, URLClassLoader loader) {
        this.before = before;
        this.loader = loader;
    }

    /**
     * Sets the context class loader of the calling thread, which also closes what this returns.
     *
     * @param folder the plugin's folder; the jars in it are taken, those below it are not
     */
    public static PluginContext enter(Path folder) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        URLClassLoader loader = new Classes(jars(folder), before);
        thread.setContextClassLoader(loader);
        return new PluginContext(before, loader);
    }

    /** Without what a connector's properties name: the host would find it on the class path too. */
    private static final class Classes extends URLClassLoader {
        Classes(List<URL> jars, ClassLoader parent) {
            super(jars.toArray(URL[]::new), parent);
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            if (name.endsWith("Connector") || name.startsWith("io.debezium.transforms.")) {
                throw new ClassNotFoundException(name);
            }
            return super.findClass(name);
        }

        @Override
        public @Nullable URL findResource(String name) {
            return null;
        }

        @Override
        public Enumeration<URL> findResources(String name) {
            return Collections.emptyEnumeration();
        }
    }

    private static List<URL> jars(Path folder) {
        List<URL> jars = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                if (file.toString().endsWith(".jar")) {
                    jars.add(url(file));
                }
            }
            return jars;
        } catch (IOException e) {
            throw new UncheckedIOException("the folder of the plugin cannot be read: " + folder, e);
        }
    }

    private static URL url(Path file) throws MalformedURLException {
        return file.toUri().toURL();
    }

    @Override
    public void close() {
        Thread.currentThread().setContextClassLoader(before);
        try {
            loader.close();
        } catch (IOException e) {
            throw new UncheckedIOException("the jars of the plugin cannot be closed", e);
        }
    }
}
