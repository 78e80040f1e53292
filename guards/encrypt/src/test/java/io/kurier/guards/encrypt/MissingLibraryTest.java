// SPDX-License-Identifier: Apache-2.0
package io.kurier.guards.encrypt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kurier.guards.internal.KeyKind;
import io.kurier.guards.internal.KeysetFile;
import io.kurier.spi.GuardSettings;
import io.kurier.spi.SerializerSettings;
import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The libraries of the formats are optional: who names fields of a format without its library learns it at the start. */
final class MissingLibraryTest {
    @TempDir
    private Path folder;

    private Map<String, String> keys(String prefix) throws Exception {
        Path keyset = folder.resolve("keys.json");
        new KeysetFile(keyset).generate(KeyKind.ENCRYPTION);
        return Map.of(prefix + "key.source.file", keyset.toString(), prefix + "fields", "card");
    }

    @ParameterizedTest
    @CsvSource({"avro, org/apache/avro/", "protobuf, io/kurier/serializers/protobuf/"})
    void theGuardNamesTheSerializerThatBringsIt(String format, String missing) throws Exception {
        try (URLClassLoader without = without()) {
            Class<?> type = without.loadClass(EncryptPlugin.class.getName());
            Object plugin = type.getConstructor().newInstance();
            Object definition = type.getMethod("configDef").invoke(plugin);
            Class<?> configs = without.loadClass(AbstractConfig.class.getName());
            Object config = config(configs, definition, keys(""));
            Object none = config(
                    configs,
                    without.loadClass(ConfigDef.class.getName())
                            .getConstructor()
                            .newInstance(),
                    Map.of());
            Object values = without.loadClass(SerializerSettings.class.getName())
                    .getConstructors()[0]
                    .newInstance(format, "orders", "orders", false, Object.class, none);
            Class<?> settings = without.loadClass(GuardSettings.class.getName());
            Object given = settings.getConstructor(
                            String.class, String.class, String.class, configs, values.getClass(), List.class)
                    .newInstance("encrypt", "orders", "orders", config, values, List.of());
            assertThatThrownBy(() -> type.getMethod("guard", settings).invoke(plugin, given))
                    .cause()
                    .hasMessageStartingWith(
                            "named fields of " + format + " need the library of that format, and the class " + missing)
                    .hasMessageEndingWith(
                            "is missing. Add io.kurier:kurier-serializer-" + format + ", with all of its dependencies");
        }
    }

    private static Object config(Class<?> type, Object definition, Map<String, String> keys) throws Exception {
        return type.getConstructor(definition.getClass(), Map.class, boolean.class)
                .newInstance(definition, keys, false);
    }

    @Test
    void theReaderNamesItToo() throws Exception {
        Map<String, String> configs = new HashMap<>(keys("encrypt."));
        configs.put("encrypt.fields.format", "avro");
        try (URLClassLoader without = without()) {
            Class<?> type = without.loadClass(RecordDecryptor.class.getName());
            assertThatThrownBy(() -> type.getConstructor(Map.class).newInstance(configs))
                    .cause()
                    .hasMessageStartingWith("named fields of avro need the library of that format, and the class"
                            + " org/apache/avro/");
        }
    }

    @Test
    void jsonNeedsNone() throws Exception {
        try (URLClassLoader without = without()) {
            assertThat(without.loadClass(RecordDecryptor.class.getName())
                            .getConstructor(Map.class)
                            .newInstance(keys("encrypt.")))
                    .isInstanceOf(AutoCloseable.class);
        }
    }

    /** Without the libraries of the formats; Protobuf's own comes with Tink, and messages are read by the serializer. */
    private static URLClassLoader without() throws Exception {
        List<URL> urls = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            String name = Path.of(entry).getFileName().toString();
            boolean isLibrary = name.startsWith("avro-")
                    || name.startsWith("kurier-serializer-protobuf")
                    || entry.endsWith(Path.of("protobuf", "target", "classes").toString())
                    || name.startsWith("jackson-")
                    || name.equals("test-classes");
            if (!isLibrary) {
                urls.add(Path.of(entry).toUri().toURL());
            }
        }
        return new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
    }
}
