// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.json3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;

/** An application without the optional libraries: the format works, and a key that needs one names it. */
class OptionalLibrariesTest {

    @Test
    void onlyTheKeySchemaNeedsTheLibraryForJsonSchema() throws Exception {
        try (URLClassLoader without = withoutLibraries()) {
            assertThatThrownBy(() -> without.loadClass("com.networknt.schema.Schema"))
                    .isInstanceOf(ClassNotFoundException.class);
            assertThatThrownBy(() -> without.loadClass("jakarta.inject.Inject"))
                    .isInstanceOf(ClassNotFoundException.class);

            Class<?> plugin = without.loadClass(JsonSerializerPlugin.class.getName());
            assertThat(plugin.getConstructors())
                    .hasSize(2)
                    .allSatisfy(constructor ->
                            assertThat(constructor.getAnnotations()).isEmpty());
            Object made = plugin.getConstructor().newInstance();
            assertThat(plugin.getMethod("configDef").invoke(made)).isNotNull();

            Class<?> type = without.loadClass(JsonSerializer.class.getName());
            Object serializer = type.getConstructor().newInstance();
            type.getMethod("configure", Map.class, boolean.class).invoke(serializer, Map.of(), false);
            assertThat((byte[]) type.getMethod("serialize", String.class, Object.class)
                            .invoke(serializer, "orders", List.of(1, 2)))
                    .asString()
                    .isEqualTo("[1,2]");

            assertThatThrownBy(() -> type.getMethod("configure", Map.class, boolean.class)
                            .invoke(serializer, Map.of("json.schema", "classpath:schemas/order.json"), false))
                    .cause()
                    .hasMessage("Invalid value classpath:schemas/order.json for configuration json.schema: JSON Schema"
                            + " needs the library com.networknt:json-schema-validator, which is not on the class path:"
                            + " add it, in version 3, which like this serializer uses Jackson 3")
                    .extracting(thrown -> thrown.getClass().getName())
                    .isEqualTo(ConfigException.class.getName());
        }
    }

    private static URLClassLoader withoutLibraries() throws IOException {
        List<URL> urls = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            if (!entry.contains("json-schema-validator") && !entry.contains("jakarta.inject")) {
                urls.add(Path.of(entry).toUri().toURL());
            }
        }
        return new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
    }
}
