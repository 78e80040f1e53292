// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.plugins;

import static io.kurier.core.internal.plugins.JarMaker.jar;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.kurier.CloseReport;
import io.kurier.Publisher;
import io.kurier.StartException;
import io.kurier.Topic;
import io.kurier.core.Kurier;
import io.kurier.core.internal.config.PluginPath;
import io.kurier.core.internal.publisher.ScriptedTransport;
import io.kurier.core.testplugins.Hostile;
import io.kurier.core.testplugins.Thrown;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever a plugin throws or returns, wherever it does: it is reported with its jar and hides no other, and a start fails
 * because of it only if the configuration names it, with an error that names plugin and jar.
 */
@Timeout(120)
class HostilePluginTest {
    private static final Topic<String, String> ONE = Topic.of("one", String.class, String.class);
    private static final List<String> WHEN_FOUND = List.of("constructor", "name", "aliases", "version");
    private static final List<String> WHEN_NAMED = List.of("configDef", "make");

    @TempDir
    private static Path folder;

    private static URLClassLoader withTheJar;

    /** The kinds of plugins, with what the one of a jar makes. */
    private enum Kind {
        SERIALIZER(
                "serializer",
                "org.apache.kafka.common.serialization.Serializer<?> serializer(io.kurier.spi.SerializerSettings keys)",
                "new org.apache.kafka.common.serialization.Serializer<String>() {\n"
                        + "  public byte[] serialize(String topic, String data) { return data.getBytes(); }\n"
                        + "  public void close() { at(\"close\"); } }",
                "topics.one.value.serializer"),
        PARTITIONER(
                "partitioner",
                "io.kurier.spi.RecordPartitioner partitioner(io.kurier.spi.PartitionerSettings settings)",
                "new io.kurier.spi.RecordPartitioner() {\n"
                        + "  public int partition(io.kurier.spi.EncodedRecord record, int partitions) { return 0; }\n"
                        + "  public void close() { at(\"close\"); } }",
                "topics.one.partitioner"),
        GUARD(
                "guard",
                "io.kurier.spi.Guard guard(io.kurier.spi.GuardSettings keys)",
                "new io.kurier.spi.Guard() {\n"
                        + "  public io.kurier.spi.EncodedRecord guard(io.kurier.spi.EncodedRecord record) { return record; }\n"
                        + "  public void close() { at(\"close\"); } }",
                "topics.one.guards");

        private final String word;
        private final String maker;
        private final String made;
        private final String key;

        Kind(String word, String maker, String made, String key) {
            this.word = word;
            this.maker = maker;
            this.made = made;
            this.key = key;
        }

        String type() {
            return "Hostile" + name().charAt(0) + name().substring(1).toLowerCase(java.util.Locale.ROOT);
        }

        String service() {
            return "io.kurier.spi." + type().substring("Hostile".length()) + "Plugin";
        }

        String source() {
            return "import io.kurier.core.testplugins.Hostile;\n"
                    + "public class " + type() + " implements " + service() + " {\n"
                    + "  static boolean at(String method) { return Hostile.at(\"" + word + " \" + method); }\n"
                    + "  public " + type() + "() { at(\"constructor\"); }\n"
                    + "  public String name() { return at(\"name\") ? null : \"hostile\"; }\n"
                    + "  public java.util.Set<String> aliases() { return at(\"aliases\") ? null : java.util.Set.of(\"h\"); }\n"
                    + "  public String version() { return at(\"version\") ? null : \"1\"; }\n"
                    + "  public org.apache.kafka.common.config.ConfigDef configDef() { return at(\"configDef\") ? null : new"
                    + " org.apache.kafka.common.config.ConfigDef(); }\n"
                    + "  public " + maker + " { return at(\"make\") ? null : " + made + "; }\n}\n";
        }
    }

    /** Where the jar is. */
    private enum Home {
        CLASS_PATH,
        FOLDER
    }

    @BeforeAll
    static void makeTheJar() throws IOException {
        JarMaker jar = jar();
        for (Kind kind : Kind.values()) {
            jar.source(kind.type(), kind.source()).provides(kind.service(), "com.example." + kind.type());
        }
        Path file = jar.write(folder.resolve("plugins/hostile.jar"));
        withTheJar = new URLClassLoader(new URL[] {file.toUri().toURL()}, HostilePluginTest.class.getClassLoader());
    }

    @AfterEach
    void disarm() {
        Hostile.disarm();
        Thread.currentThread().setContextClassLoader(HostilePluginTest.class.getClassLoader());
    }

    static Stream<Arguments> cells() {
        return Stream.of(Kind.values())
                .flatMap(kind -> Stream.of(Home.values())
                        .flatMap(home -> Stream.concat(WHEN_FOUND.stream(), WHEN_NAMED.stream())
                                .flatMap(method -> Stream.of(Thrown.values())
                                        .filter(thrown -> canHappen(method, thrown))
                                        .map(thrown -> Arguments.of(kind, home, method, thrown)))));
    }

    private static boolean canHappen(String method, Thrown thrown) {
        return thrown != Thrown.RETURNS_NULL || !method.equals("constructor");
    }

    @ParameterizedTest
    @MethodSource("cells")
    void endsTheStartOnlyIfItIsNamed(Kind kind, Home home, String method, Thrown thrown) {
        live(home);
        Hostile.arm(kind.word + " " + method, thrown);

        assertThat(publishAndClose(keys(home, Map.of()))).isEqualTo(new CloseReport(1, 1, 0, 0, 0));
        StartException named = (StartException) requireNonNull(
                catchThrowable(() -> publishAndClose(keys(home, Map.of(kind.key, "hostile")))));

        assertThat(named.getMessage())
                .contains(kind.key, "hostile.jar", kind.word)
                .contains(WHEN_FOUND.contains(method) ? "com.example." + kind.type() : "hostile in ");
        assertThat(faults(home).filter(fault -> fault.contains("hostile.jar") && fault.contains(kind.type())))
                .hasSize(WHEN_FOUND.contains(method) ? 1 : 0);
        Thread.interrupted();
    }

    @ParameterizedTest
    @MethodSource("cells")
    void hidesNoOther(Kind kind, Home home, String method, Thrown thrown) {
        live(home);
        Hostile.arm(kind.word + " " + method, thrown);

        Map<String, String> others = new HashMap<>(Map.of("topics.one.value.serializer", "text"));
        Stream.of(Kind.values()).filter(other -> other != kind).forEach(other -> others.put(other.key, "hostile"));

        assertThat(publishAndClose(keys(home, others))).isEqualTo(new CloseReport(1, 1, 0, 0, 0));
        Thread.interrupted();
    }

    @ParameterizedTest
    @MethodSource("closes")
    void canFailToCloseWithoutHarm(Kind kind, Home home, Thrown thrown) {
        live(home);
        Hostile.arm(kind.word + " close", thrown);

        assertThat(publishAndClose(keys(home, Map.of(kind.key, "hostile")))).isEqualTo(new CloseReport(1, 1, 0, 0, 0));
    }

    static Stream<Arguments> closes() {
        return Stream.of(Kind.values())
                .flatMap(kind -> Stream.of(Home.values())
                        .flatMap(home -> Stream.of(Thrown.values()).map(thrown -> Arguments.of(kind, home, thrown))));
    }

    @Test
    void isAskedOnceForItsName() {
        live(Home.CLASS_PATH);
        Hostile.arm("serializer name", Thrown.OWN_ERROR, 1);

        assertThat(publishAndClose(keys(Home.CLASS_PATH, Map.of("topics.one.value.serializer", "hostile"))))
                .isEqualTo(new CloseReport(1, 1, 0, 0, 0));
    }

    private static void live(Home home) {
        if (home == Home.CLASS_PATH) {
            Thread.currentThread().setContextClassLoader(withTheJar);
        }
    }

    private static CloseReport publishAndClose(Map<String, String> keys) {
        Publisher publisher = Kurier.builder()
                .set(keys)
                .topics(ONE)
                .transport(config -> new ScriptedTransport())
                .start();
        publisher.publish(ONE, "k", "v").join();
        return publisher.close(Duration.ofSeconds(10));
    }

    private static Map<String, String> keys(Home home, Map<String, String> more) {
        Map<String, String> keys = new HashMap<>(Map.of(
                "bootstrap.servers",
                "127.0.0.1:1",
                "producer.metric.reporters",
                "",
                "topics.one.value.serializer",
                "text"));
        if (home == Home.FOLDER) {
            keys.put("plugin.path", folder.resolve("plugins").toString());
        }
        keys.putAll(more);
        return keys;
    }

    private static Stream<String> faults(Home home) {
        List<Path> folders = home == Home.FOLDER ? List.of(folder.resolve("plugins")) : List.of();
        try (PluginCatalog catalog = PluginCatalog.discover(BoundPlugins.NONE, new PluginPath(folders, true))) {
            assertThat(catalog.serializers()).extracting(FoundPlugin::name).contains("text");
            return catalog.faults().stream().map(PluginFault::toString);
        }
    }
}
