// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.protovalidate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kurier.serializers.protovalidate.test.Order;
import io.kurier.spi.GuardSettings;
import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A folder of jars that lacks one: the plugin is found, and its guard names what is missing. */
class MissingLibraryTest {

    @ParameterizedTest
    @CsvSource({"protovalidate-1, build/buf/", "cel-, dev/cel/"})
    void oneErrorNamesTheLibraryAndTheMissingClass(String jar, String missing) throws Exception {
        try (URLClassLoader without = without(jar)) {
            Class<?> type = without.loadClass(ProtovalidatePlugin.class.getName());
            Object plugin = type.getConstructor().newInstance();
            assertThat(type.getMethod("name").invoke(plugin)).isEqualTo("protovalidate");
            Object keys = type.getMethod("configDef").invoke(plugin);
            Object config = without.loadClass(AbstractConfig.class.getName())
                    .getConstructor(keys.getClass(), Map.class, boolean.class)
                    .newInstance(
                            keys, Map.of("descriptor", Orders.DESCRIPTOR.toString(), "message", "shop.Order"), false);
            Class<?> settings = without.loadClass(GuardSettings.class.getName());
            Object given = settings.getConstructor(String.class, String.class, String.class, config.getClass())
                    .newInstance("protovalidate", "orders", "orders", config);

            assertThatThrownBy(() -> type.getMethod("guard", settings).invoke(plugin, given))
                    .cause()
                    .hasMessageStartingWith("the guard needs the library build.buf:protovalidate with all of its"
                            + " dependencies, and the class " + missing)
                    .hasMessageEndingWith("is missing. Add the jar that has it; a build that depends on"
                            + " io.kurier:kurier-guard-protovalidate has all of them");
        }
    }

    /** Also without the generated classes of the tests, which need the library too. */
    private static URLClassLoader without(String jar) throws IOException {
        String tests = Path.of(Order.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .getPath())
                .toString();
        List<URL> urls = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            if (!Path.of(entry).getFileName().toString().startsWith(jar) && !entry.equals(tests)) {
                urls.add(Path.of(entry).toUri().toURL());
            }
        }
        return new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
    }
}
