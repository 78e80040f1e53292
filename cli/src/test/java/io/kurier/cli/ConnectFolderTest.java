// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.kurier.plugins.text.TextSourceConnector;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.connect.source.SourceConnector;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTask;
import org.apache.kafka.connect.source.SourceTaskContext;
import org.apache.kafka.connect.storage.Converter;
import org.apache.kafka.connect.storage.OffsetStorageReader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The folders that {@code mvn package} makes for a Connect worker's {@code plugin.path} hold what the worker does not have, and
 * nothing that it has. They are there when the connectors are jars, which {@code mvn test} does not make.
 */
@Timeout(60)
class ConnectFolderTest {
    /** Whose classes a plugin takes from the worker, besides the JDK's. */
    private static final List<String> OF_THE_WORKER =
            List.of("org.apache.kafka.", "org.slf4j.", "org.xerial.snappy.", "com.github.luben.zstd.", "net.jpountz.");

    private enum Connector {
        TEXT("access.log", "jspecify"),
        JSON(
                "orders.jsonl",
                "jackson-annotations",
                "jackson-core",
                "jackson-databind",
                "jackson-datatype-jdk8",
                "jackson-datatype-jsr310",
                "jspecify",
                "kurier-connect",
                "kurier-framings",
                "kurier-registry",
                "kurier-serializer-json",
                "kurier-serializer-support"),
        AVRO(
                "temperatures.avro",
                "avro",
                "commons-codec",
                "commons-compress",
                "commons-io",
                "commons-lang3",
                "jackson-annotations",
                "jackson-core",
                "jackson-databind",
                "jspecify",
                "kurier-connect",
                "kurier-framings",
                "kurier-registry",
                "kurier-serializer-avro",
                "kurier-serializer-support",
                "xz"),
        PROTOBUF(
                "payments.pb",
                "jspecify",
                "kurier-connect",
                "kurier-framings",
                "kurier-registry",
                "kurier-serializer-support",
                "kurier-serializer-protobuf",
                "protobuf-java"),
        MEDIA(
                "chime.wav",
                "commons-io",
                "jackson-core",
                "jspecify",
                "kurier-serializer-support",
                "kurier-serializer-media",
                "kurier-serializer-text",
                "tika-core");

        final String sample;
        final Set<String> libraries;

        Connector(String sample, String... libraries) {
            this.sample = sample;
            this.libraries = new TreeSet<>(List.of(libraries));
            this.libraries.addAll(List.of("kurier-api", "kurier-plugin-files", artifact()));
        }

        String artifact() {
            return "kurier-plugin-" + format();
        }

        Path folder() {
            return Path.of("../plugins", format(), "target/connect", artifact());
        }

        private String format() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @BeforeEach
    void theConnectorsArePackaged() throws URISyntaxException {
        URI place = TextSourceConnector.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI();
        assumeTrue(Files.isRegularFile(Path.of(place)), "mvn package makes the folders");
    }

    @ParameterizedTest
    @EnumSource
    void holdsTheConnectorAndItsLibraries(Connector connector) throws IOException {
        try (Stream<Path> files = Files.list(connector.folder())) {
            assertThat(files.map(file -> file.getFileName().toString().replaceFirst("-\\d.*\\.jar$", "")))
                    .containsExactlyInAnyOrderElementsOf(connector.libraries);
        }
    }

    @ParameterizedTest
    @EnumSource
    void readsAFileWithNoOtherClassesThanTheWorkers(Connector connector) throws Exception {
        try (URLClassLoader plugin = loader(connector, "")) {
            assertThat(records(connector, plugin)).isNotEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"JSON", "AVRO", "PROTOBUF"})
    void convertsItsRecordsByTheConverterOfItsFolder(Connector connector) throws Exception {
        try (URLClassLoader plugin = loader(connector, "");
                Converter converter = converter(plugin)) {
            converter.configure(Map.of("serializer", connector.format(), "framing", "none"), false);
            for (SourceRecord record : records(connector, plugin)) {
                assertThat(converter.fromConnectData("t", new RecordHeaders(), record.valueSchema(), record.value()))
                        .isNotEmpty();
            }
        }
    }

    @Test
    void theFolderOfTheConverterHasAllFormats() throws Exception {
        Path folder = Path.of("../plugins/connect/target/connect/kurier-connect");
        for (String format : List.of("avro", "json", "media", "protobuf", "text")) {
            try (URLClassLoader plugin = loader(folder, "");
                    Converter converter = converter(plugin)) {
                converter.configure(Map.of("serializer", format), false);
                assertThat(converter.config().names()).contains("framing.confluent.schemas");
            }
        }
    }

    private static Converter converter(ClassLoader plugin) {
        Converter converter = ServiceLoader.load(Converter.class, plugin).stream()
                .map(ServiceLoader.Provider::get)
                .filter(each -> each.getClass().getSimpleName().equals("KurierConverter"))
                .findFirst()
                .orElseThrow();
        assertThat(converter.getClass().getClassLoader()).isSameAs(plugin);
        return converter;
    }

    @Test
    void noticesALibraryThatIsMissing() throws Exception {
        try (URLClassLoader plugin = loader(Connector.JSON, "jackson-core")) {
            assertThatThrownBy(() -> records(Connector.JSON, plugin))
                    .isInstanceOf(NoClassDefFoundError.class)
                    .hasMessageContaining("com/fasterxml/jackson/core");
        }
    }

    private static URLClassLoader loader(Connector connector, String without) throws IOException {
        return loader(connector.folder(), without);
    }

    private static URLClassLoader loader(Path folder, String without) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            URL[] jars = files.filter(jar ->
                            without.isEmpty() || !jar.getFileName().toString().startsWith(without))
                    .map(ConnectFolderTest::url)
                    .toArray(URL[]::new);
            return new URLClassLoader(jars, new Worker());
        }
    }

    /** The first records of the connector's sample, as a worker gets them. */
    private static List<SourceRecord> records(Connector connector, ClassLoader plugin) throws Exception {
        SourceConnector source = ServiceLoader.load(SourceConnector.class, plugin).stream()
                .map(ServiceLoader.Provider::get)
                .filter(each ->
                        each.getClass().getSimpleName().equalsIgnoreCase(connector.format() + "SourceConnector"))
                .collect(Collectors.collectingAndThen(Collectors.toList(), all -> {
                    assertThat(all).hasSize(1);
                    return all.get(0);
                }));
        assertThat(source.getClass().getClassLoader()).isSameAs(plugin);
        source.start(Map.of(
                "topic",
                "t",
                "path",
                "../samples/data/" + connector.sample,
                "include",
                "*",
                "scan.interval.ms",
                "100"));
        SourceTask task =
                (SourceTask) source.taskClass().getDeclaredConstructor().newInstance();
        task.initialize(new Context());
        task.start(source.taskConfigs(1).get(0));
        try {
            while (true) { // a poll may have nothing yet; the time-out of the test ends this
                List<SourceRecord> batch = task.poll();
                if (batch != null && !batch.isEmpty()) {
                    return batch;
                }
            }
        } finally {
            task.stop();
            source.stop();
        }
    }

    private static URL url(Path jar) {
        try {
            return jar.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Sees no class of the tests' class path but those that a worker has, and no resource of it. */
    private static final class Worker extends ClassLoader {
        Worker() {
            super(ClassLoader.getPlatformClassLoader());
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            if (OF_THE_WORKER.stream().anyMatch(name::startsWith)) {
                return ConnectFolderTest.class.getClassLoader().loadClass(name);
            }
            throw new ClassNotFoundException(name);
        }

        @Override
        protected Enumeration<URL> findResources(String name) {
            return Collections.emptyEnumeration();
        }
    }

    private record Context() implements SourceTaskContext {
        @Override
        public Map<String, String> configs() {
            return Map.of();
        }

        @Override
        public PluginMetrics pluginMetrics() {
            throw new UnsupportedOperationException();
        }

        @Override
        public OffsetStorageReader offsetStorageReader() {
            return new NothingStored();
        }
    }

    private record NothingStored() implements OffsetStorageReader {
        @Override
        public <T> Map<String, Object> offset(Map<String, T> partition) {
            return Map.of();
        }

        @Override
        public <T> Map<Map<String, T>, Map<String, Object>> offsets(Collection<Map<String, T>> partitions) {
            return Map.of();
        }
    }
}
