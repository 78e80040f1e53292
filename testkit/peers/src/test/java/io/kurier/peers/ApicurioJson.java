// SPDX-License-Identifier: Apache-2.0
package io.kurier.peers;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Apicurio's serializer and deserializer of JSON Schema. They need the first major version of the validator of which
 * Kurier uses the second, under the same names of classes, so a class loader of their own has them.
 */
final class ApicurioJson implements AutoCloseable {
    private static final String PACKAGE = "io.apicurio.registry.serde.jsonschema.";

    private final OwnFirst loader = new OwnFirst(Path.of("target", "json-peer").toFile());

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

    @SuppressWarnings("unchecked") // a class of another loader, made by its name
    Serializer<Object> serializer() {
        return (Serializer<Object>) create("JsonSchemaKafkaSerializer");
    }

    @SuppressWarnings("unchecked") // a class of another loader, made by its name
    Deserializer<Object> deserializer() {
        return (Deserializer<Object>) create("JsonSchemaKafkaDeserializer");
    }

    private Object create(String name) {
        try {
            return loader.loadClass(PACKAGE + name).getConstructor().newInstance();
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
