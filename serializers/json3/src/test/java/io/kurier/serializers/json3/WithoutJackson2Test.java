// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.json3;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** An application of Spring Boot 4 has no Jackson 2, except for its annotations, which Jackson 3 shares. */
class WithoutJackson2Test {
    private static final List<String> JACKSON_2 = List.of(
            "com/fasterxml/jackson/core/", "com/fasterxml/jackson/databind/", "com/fasterxml/jackson/datatype/");

    @Test
    void noClassNamesAClassOfJackson2() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("target", "classes"))) {
            List<Path> classes =
                    files.filter(path -> path.toString().endsWith(".class")).toList();
            assertThat(classes)
                    .hasSizeGreaterThan(10)
                    .allSatisfy(file ->
                            assertThat(Files.readString(file, ISO_8859_1)).doesNotContain(JACKSON_2));
        }
    }

    @Test
    void valuesAreWrittenValidatedAndReadWithoutItsJars() throws Exception {
        try (URLClassLoader without = withoutJackson2()) {
            for (String name : List.of("core.JsonFactory", "databind.ObjectMapper", "datatype.jdk8.Jdk8Module")) {
                assertThatThrownBy(() -> without.loadClass("com.fasterxml.jackson." + name))
                        .isInstanceOf(ClassNotFoundException.class);
            }
            Map<String, Object> keys =
                    Map.of("json.schema", "classpath:schemas/order.json", "json.type", "java.lang.Object");
            Class<?> writing = without.loadClass(JsonSerializer.class.getName());
            Object serializer = writing.getConstructor().newInstance();
            writing.getMethod("configure", Map.class, boolean.class).invoke(serializer, keys, false);
            Class<?> reading = without.loadClass(JsonDeserializer.class.getName());
            Object deserializer = reading.getConstructor().newInstance();
            reading.getMethod("configure", Map.class, boolean.class).invoke(deserializer, keys, false);

            Object order = Map.of("id", "O-1", "items", List.of());
            Object json =
                    writing.getMethod("serialize", String.class, Object.class).invoke(serializer, "orders", order);
            assertThat(reading.getMethod("deserialize", String.class, byte[].class)
                            .invoke(deserializer, "orders", json))
                    .isEqualTo(order);
            assertThatThrownBy(() -> writing.getMethod("serialize", String.class, Object.class)
                            .invoke(serializer, "orders", Map.of()))
                    .cause()
                    .hasMessageContaining("it violates the schema classpath:schemas/order.json");
        }
    }

    private static URLClassLoader withoutJackson2() throws IOException {
        List<URL> urls = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            String unified = entry.replace(File.separatorChar, '/');
            boolean second = unified.contains("com/fasterxml/jackson/") && !unified.contains("jackson-annotations");
            if (!second) {
                urls.add(Path.of(entry).toUri().toURL());
            }
        }
        return new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
    }
}
