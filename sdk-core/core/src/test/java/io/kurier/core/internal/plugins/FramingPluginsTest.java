// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.plugins;

import static org.assertj.core.api.Assertions.assertThat;

import io.kurier.core.internal.config.PluginPath;
import io.kurier.spi.Frame;
import io.kurier.spi.Framing;
import io.kurier.spi.FramingPlugin;
import io.kurier.spi.FramingSettings;
import io.kurier.spi.PayloadSchema;
import io.kurier.spi.SerializerPlugin;
import io.kurier.spi.SerializerSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Serializers receive the framings of folders, which keep their own loader whatever code calls them. */
class FramingPluginsTest {
    private static final String CLOSED = "kurier.test.framing.closed";
    private static final AbstractConfig NO_KEYS = new AbstractConfig(new ConfigDef(), Map.of());

    @TempDir
    private Path folder;

    private final List<FramingPlugin> received = new ArrayList<>();

    /** A format of the class path. */
    private final class Recording implements SerializerPlugin {
        @Override
        public String name() {
            return "recording";
        }

        @Override
        public SerializerPlugin withFramings(List<FramingPlugin> found) {
            received.addAll(found);
            return this;
        }

        @Override
        public Serializer<?> serializer(SerializerSettings settings) {
            return new StringSerializer();
        }
    }

    /** One that has no use for them. */
    private static final class Refusing implements SerializerPlugin {
        @Override
        public String name() {
            return "refusing";
        }

        @Override
        public SerializerPlugin withFramings(List<FramingPlugin> found) {
            throw new IllegalStateException("no framings here");
        }

        @Override
        public Serializer<?> serializer(SerializerSettings settings) {
            return new StringSerializer();
        }
    }

    @AfterEach
    void forget() {
        System.clearProperty(CLOSED);
    }

    private PluginCatalog discover(SerializerPlugin... bound) {
        return PluginCatalog.discover(
                new BoundPlugins(List.of(bound), List.of(), List.of(), List.of()),
                new PluginPath(List.of(folder), true));
    }

    @Test
    void aFormatReceivesTheFramingOfAFolderWhichRunsWithItsOwnLoader() throws IOException {
        stamp().write(folder.resolve("stamp.jar"));
        try (PluginCatalog catalog = discover(new Recording())) {
            assertThat(catalog.framings()).extracting(FoundPlugin::name).containsExactly("stamp");
            FramingPlugin plugin = received.get(0);
            assertThat(plugin.name()).isEqualTo("stamp");
            assertThat(plugin.supports("avro")).isTrue();
            assertThat(plugin.configDef().names()).containsExactly("mark");

            PayloadSchema schema = PayloadSchema.of("avro", "com.example.Order", "{}");
            try (Framing framing = plugin.framing(new FramingSettings("stamp", "avro", "orders", false, NO_KEYS))) {
                assertThat(framing.addsHeaders()).isTrue();
                assertThat(framing.writer("orders", schema).prefix(new RecordHeaders()))
                        .containsExactly(7);
                assertThat(framing.reader(List.of(schema)).read("orders", null, new byte[] {7, 1}, 0, 2))
                        .isEqualTo(new Frame(schema, 1));
            }
        }
    }

    @Test
    void aFramingThatWasUsedIsClosedWithTheCatalogAndOneThatWasNotIsNot() throws IOException {
        stamp().write(folder.resolve("stamp.jar"));
        discover(new Recording()).close();
        assertThat(System.getProperty(CLOSED)).isNull();

        received.clear();
        try (PluginCatalog catalog = discover(new Recording())) {
            received.get(0)
                    .framing(new FramingSettings("stamp", "avro", "orders", false, NO_KEYS))
                    .close();
            assertThat(System.getProperty(CLOSED)).isNull();
            assertThat(catalog.framings()).hasSize(1);
        }
        assertThat(System.getProperty(CLOSED)).isEqualTo("stamp");
    }

    @Test
    void aFormatReceivesAFramingThatCodeGives() {
        FramingPlugin given = new FramingPlugin() {
            @Override
            public String name() {
                return "given";
            }

            @Override
            public Framing framing(FramingSettings settings) {
                throw new IllegalStateException("not asked for");
            }
        };
        BoundPlugins bound = new BoundPlugins(List.of(new Recording()), List.of(), List.of(), List.of(given));
        try (PluginCatalog catalog = PluginCatalog.discover(bound, PluginPath.NONE)) {
            assertThat(catalog.framings()).extracting(FoundPlugin::name).containsExactly("given");
            assertThat(received).extracting(FramingPlugin::name).containsExactly("given");
        }
    }

    @Test
    void aSerializerThatFailsAtItIsReportedAndHidesNoOther() {
        try (PluginCatalog catalog = discover(new Refusing(), new Recording())) {
            assertThat(catalog.serializer("recording")).isInstanceOf(Recording.class);
            assertThat(catalog.faults()).anySatisfy(fault -> {
                assertThat(fault.kind()).isEqualTo("serializer");
                assertThat(fault.reason())
                        .startsWith("refusing cannot take the framings: ")
                        .contains("no framings here");
            });
        }
    }

    /** A framing whose every method fails unless the thread's loader is its own. */
    private static JarMaker stamp() {
        String check = "Checks.loader();";
        String spi = "io.kurier.spi.";
        return JarMaker.jar()
                .source(
                        "Checks",
                        "class Checks { static void loader() { if (Thread.currentThread().getContextClassLoader() !="
                                + " Checks.class.getClassLoader()) throw new AssertionError(\"another loader\"); } }")
                .source(
                        "Stamp",
                        "public class Stamp implements " + spi + "FramingPlugin {"
                                + " public String name() { return \"stamp\"; }"
                                + " public boolean supports(String format) {" + check + " return true; }"
                                + " public org.apache.kafka.common.config.ConfigDef configDef() {" + check
                                + " return new org.apache.kafka.common.config.ConfigDef().define(\"mark\","
                                + " org.apache.kafka.common.config.ConfigDef.Type.INT, 7,"
                                + " org.apache.kafka.common.config.ConfigDef.Importance.LOW, \"\"); }"
                                + " public void close() {" + check + " System.setProperty(\"" + CLOSED
                                + "\", \"stamp\"); }"
                                + " public " + spi + "Framing framing(" + spi + "FramingSettings s) {" + check
                                + " return new " + spi + "Framing() {"
                                + " public boolean addsHeaders() {" + check + " return true; }"
                                + " public " + spi + "FrameWriter writer(String t, " + spi + "PayloadSchema p) {"
                                + check
                                + " return h -> {" + check + " return new byte[] {7}; }; }"
                                + " public " + spi + "FrameReader reader(java.util.Collection<? extends " + spi
                                + "PayloadSchema> k) {" + check + " return (t, h, b, o, l) -> {" + check
                                + " return new "
                                + spi + "Frame(k.iterator().next(), 1); }; }"
                                + " public void close() {" + check + " } }; } }")
                .provides("io.kurier.spi.FramingPlugin", "com.example.Stamp");
    }
}
