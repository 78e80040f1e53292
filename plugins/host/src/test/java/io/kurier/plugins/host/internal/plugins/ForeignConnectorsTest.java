// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host.internal.plugins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.kurier.StartException;
import io.kurier.broker.LocalBroker;
import io.kurier.testkit.WithKafka;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.source.SourceConnector;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.storage.Converter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Connectors of others run from folders that hold only what an application with the host does not have. */
@WithKafka
@Timeout(120)
class ForeignConnectorsTest {
    private static final Path FOREIGN = Path.of("target/foreign");

    @TempDir
    private Path folder;

    @BeforeEach
    void theBuildHasMadeTheFolders() {
        assertThat(FOREIGN).as("made by mvn test").isDirectory();
    }

    @Test
    void kafkasFileConnectorReadsLines() throws Exception {
        Path file = Files.writeString(folder.resolve("lines.txt"), "one\ntwo\n");
        try (ConnectPlugins plugins = ConnectPlugins.discover(FOREIGN.toString())) {
            SourceConnector connector = plugins.create("lines", "FileStreamSource");
            assertThat(connector.getClass().getName())
                    .isEqualTo("org.apache.kafka.connect.file.FileStreamSourceConnector");
            assertThat(plugins.origin(connector.getClass())).matches("foreign/file/connect-file-[\\d.]+jar");

            List<SourceRecord> records = Running.firstRecords(
                    plugins, connector, Map.of("name", "lines", "file", file.toString(), "topic", "t"));

            assertThat(records).extracting(SourceRecord::value).startsWith("one");
            assertThat(records.get(0).valueSchema()).isSameAs(Schema.STRING_SCHEMA);
        }
    }

    @Test
    void mirrorMakersHeartbeatConnectorMakesHeartbeats(LocalBroker broker) throws Exception {
        Map<String, String> properties = Map.of(
                "name", "beats",
                "connector.class", "MirrorHeartbeat",
                "source.cluster.alias", "a",
                "target.cluster.alias", "b",
                "target.cluster.bootstrap.servers", broker.bootstrapServers(),
                "heartbeats.topic.replication.factor", "1",
                "emit.heartbeats.interval.seconds", "1");
        try (ConnectPlugins plugins = ConnectPlugins.discover(FOREIGN.toString())) {
            SourceConnector connector = plugins.create("beats", "MirrorHeartbeat");

            List<SourceRecord> records = Running.firstRecords(plugins, connector, properties);

            assertThat(plugins.origin(connector.getClass())).matches("foreign/mirror/connect-mirror-[\\d.]+jar");
            assertThat(records).extracting(SourceRecord::topic).containsOnly("heartbeats");
            assertThat(records).extracting(SourceRecord::valueSchema).containsOnly(Schema.BYTES_SCHEMA);
        }
    }

    @Test
    void aConnectorThatBundlesAnOldKafkaRunsWithTheApplications() throws Exception {
        Path plugin = copy("connect2", Path.of(plugins(), "old"));
        Files.delete(jar(plugin, "connect-json"));
        PluginJars.connectorWithoutServices(
                        "Old", "org.apache.kafka.common.utils.AppInfoParser.class.getClassLoader().getName()")
                .against(jar(plugin, "connect-api"))
                .against(jar(plugin, "kafka-clients"))
                .write(plugin.resolve("old.jar"));
        try (ConnectPlugins plugins = ConnectPlugins.discover(plugins())) {
            SourceConnector connector = plugins.create("old", "com.example.Old");

            List<SourceRecord> records = Running.firstRecords(plugins, connector, Map.of());

            assertThat(records).extracting(SourceRecord::value).containsExactly("app");
        }
    }

    @Test
    void aConnectorThatBundlesAnotherJsonConverterThatFitsUsesIt() throws Exception {
        Path plugin = copy("connect4", Path.of(plugins(), "old"));
        usesJsonConverter(plugin);
        try (ConnectPlugins plugins = ConnectPlugins.discover(plugins())) {
            SourceConnector connector = plugins.create("old", "com.example.Old");

            List<SourceRecord> records = Running.firstRecords(plugins, connector, Map.of());
            Converter converter = plugins.create("old", Converter.class, "JsonConverter", connector);

            assertThat(records).extracting(SourceRecord::value).containsExactly("\"x\" by plugins/old");
            assertThat(plugins.origin(converter.getClass())).matches("plugins/old/connect-json-4[\\d.]+jar");
        }
    }

    @Test
    void aBundledJsonConverterThatDoesNotFitIsNamedWithItsJar() throws Exception {
        Path plugin = copy("connect2", Path.of(plugins(), "old"));
        usesJsonConverter(plugin);
        try (ConnectPlugins plugins = ConnectPlugins.discover(plugins())) {
            SourceConnector connector = plugins.create("old", "com.example.Old");

            Throwable thrown = catchThrowable(() -> Running.firstRecords(plugins, connector, Map.of()));

            assertThat(plugins.conflict(connector, new ConnectException("poll failed", thrown)))
                    .hasValueSatisfying(text -> assertThat(text)
                            .startsWith(
                                    "plugins/old/connect-json-2.8.2.jar was compiled for another version of"
                                            + " org.apache.kafka.common.utils.Utils than that of the application (kafka-clients-")
                            .contains(" plugins/old/connect-json-2.8.2.jar "));
            assertThatThrownBy(() -> plugins.create(
                            "connector old, value.converter",
                            Converter.class,
                            "org.apache.kafka.connect.json.JsonConverter",
                            connector))
                    .isInstanceOf(StartException.class)
                    .hasMessageStartingWith("connector old, value.converter: the constructor of"
                            + " org.apache.kafka.connect.json.JsonConverter failed: java.lang.NoSuchMethodError: ")
                    .hasMessageContaining(". plugins/old/connect-json-2.8.2.jar was compiled for another version of");
        }
    }

    private String plugins() {
        return folder.resolve("plugins").toString();
    }

    private static void usesJsonConverter(Path plugin) throws IOException {
        PluginJars.connectorWithoutServices("Old", "Json.of(\"x\")")
                .source("com.example.Json", """
                        package com.example;
                        import java.util.Map;
                        import org.apache.kafka.connect.data.Schema;
                        import org.apache.kafka.connect.json.JsonConverter;
                        class Json {
                            static String of(String value) {
                                JsonConverter converter = new JsonConverter();
                                converter.configure(Map.of("schemas.enable", "false"), false);
                                return new String(converter.fromConnectData("t", Schema.STRING_SCHEMA, value))
                                        + " by " + converter.getClass().getClassLoader().getName();
                            }
                        }
                        """)
                .against(jar(plugin, "connect-json"))
                .write(plugin.resolve("old.jar"));
    }

    private static Path copy(String foreign, Path folder) throws IOException {
        Files.createDirectories(folder);
        try (Stream<Path> jars = Files.list(FOREIGN.resolve(foreign))) {
            for (Path jar : jars.toList()) {
                Files.copy(jar, folder.resolve(jar.getFileName()));
            }
        }
        return folder;
    }

    private static Path jar(Path folder, String artifact) throws IOException {
        try (Stream<Path> jars = Files.list(folder)) {
            return jars.filter(jar -> jar.getFileName().toString().startsWith(artifact))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
