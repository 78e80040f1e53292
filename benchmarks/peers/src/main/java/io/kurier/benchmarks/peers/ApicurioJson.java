// SPDX-License-Identifier: Apache-2.0
package io.kurier.benchmarks.peers;

import io.apicurio.registry.resolver.client.RegistryClientFacade;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Apicurio's serializer of JSON Schema. It needs the first major version of the validator of which Kurier uses the
 * second, under the same names of classes, so a class loader of its own has it.
 */
final class ApicurioJson implements AutoCloseable {
    private static final String PACKAGE = "io.apicurio.registry.serde.jsonschema.";

    private final OwnFirst loader = new OwnFirst(folder());

    private static final class OwnFirst extends URLClassLoader {
        OwnFirst(File folder) {
            super(
                    Arrays.stream(Objects.requireNonNull(folder.listFiles(), () -> folder + " is missing"))
                            .map(OwnFirst::url)
                            .toArray(URL[]::new),
                    ApicurioJson.class.getClassLoader());
        }

        private static URL url(File jar) {
            try {
                return jar.toURI().toURL();
            } catch (MalformedURLException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.startsWith(PACKAGE) && !name.startsWith("com.networknt.")) {
                return super.loadClass(name, resolve);
            }
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                return loaded != null ? loaded : findClass(name);
            }
        }

        @Override
        public @Nullable URL getResource(String name) {
            URL own = findResource(name);
            return own != null ? own : super.getResource(name);
        }
    }

    /** Returns the folder of its jars, beside what this module is built into. */
    private static File folder() {
        try {
            URL built = ApicurioJson.class.getProtectionDomain().getCodeSource().getLocation();
            return Path.of(built.toURI()).resolveSibling("json-peer").toFile();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    @SuppressWarnings("unchecked") // a class of another loader, made by its name
    Serializer<Object> serializer(RegistryClientFacade registry) {
        try {
            return (Serializer<Object>) loader.loadClass(PACKAGE + "JsonSchemaKafkaSerializer")
                    .getConstructor(RegistryClientFacade.class)
                    .newInstance(registry);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        try {
            loader.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
