// SPDX-License-Identifier: Apache-2.0
package io.kurier.connect;

import static org.assertj.core.api.Assertions.assertThat;

import io.kurier.connect.PluginArchives.Entry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.tools.ConnectPluginPath;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Kafka's {@code connect-plugin-path} finds what the archives have, and by the manifests alone. */
@Timeout(180)
class PluginArchivesTest {
    private static final int CLASS = 0;
    private static final int VERSION = 3;
    private static final int KIND = 4;
    private static final int LOADABLE = 5;
    private static final int MANIFEST = 6;
    private static final int FOLDER = 7;

    @TempDir
    private Path folder;

    static List<String> formats() {
        return PluginArchives.FORMATS;
    }

    @Test
    void eachPluginIsLoadableByItsManifestAndHasTheVersionOfItsArchive() throws IOException {
        PluginArchives.unpack(folder, PluginArchives.FORMATS);
        String version = PluginArchives.version();

        List<String[]> plugins = plugins();
        assertThat(plugins).allSatisfy(plugin -> {
            assertThat(plugin[VERSION]).isEqualTo(version);
            assertThat(plugin[LOADABLE]).isEqualTo("true");
            assertThat(plugin[MANIFEST]).isEqualTo("true");
        });
        assertThat(plugins)
                .extracting(plugin -> Path.of(plugin[FOLDER]).getFileName() + " " + plugin[KIND] + " "
                        + plugin[CLASS].replaceFirst(".*\\.", ""))
                .containsExactlyInAnyOrder(
                        "kurier-plugin-text source TextSourceConnector",
                        "kurier-plugin-text source CsvSourceConnector",
                        "kurier-plugin-json source JsonSourceConnector",
                        "kurier-plugin-json converter ExactJsonConverter",
                        "kurier-plugin-json converter KurierConverter",
                        "kurier-plugin-protobuf converter KurierConverter",
                        "kurier-connect converter KurierConverter",
                        "kurier-plugin-avro source AvroSourceConnector",
                        "kurier-plugin-avro converter KurierConverter",
                        "kurier-plugin-protobuf source ProtobufSourceConnector",
                        "kurier-plugin-media source MediaSourceConnector");
        assertThat(run("sync-manifests", "--dry-run")).contains("No changes required.");
    }

    @Test
    void noticesAConnectorWhoseManifestIsMissing() throws IOException {
        PluginArchives.unpack(folder, List.of("text"));
        try (Stream<Path> jars = Files.list(folder.resolve("kurier-plugin-text"))) {
            for (Path jar : jars.filter(file -> file.toString().contains("kurier-plugin-text-"))
                    .toList()) {
                PluginArchives.removeManifests(jar);
            }
        }

        assertThat(plugins())
                .isNotEmpty()
                .allSatisfy(plugin -> assertThat(plugin[MANIFEST]).isEqualTo("false"));
    }

    @ParameterizedTest
    @MethodSource("formats")
    void anArchiveHasOneFolderWithJarsAndDocumentsAndTheSameTimeEverywhere(String format) throws IOException {
        List<Entry> entries = PluginArchives.entries(format);
        String top = PluginArchives.artifact(format) + "/";

        assertThat(entries).extracting(Entry::name).allMatch(name -> name.startsWith(top));
        assertThat(entries)
                .extracting(Entry::name)
                .contains(top + "LICENSE", top + "doc/plugin/README.md", top + "doc/files/README.md")
                .contains(top + PluginArchives.artifact(format) + "-" + PluginArchives.version() + ".jar");
        assertThat(entries).extracting(Entry::time).containsOnly(entries.get(0).time());
        assertThat(entries.get(0).time()).isNotEqualTo(LocalDateTime.MIN);
    }

    /** Returns the columns of each line that {@code connect-plugin-path list} prints about a plugin. */
    private List<String[]> plugins() {
        return run("list")
                .lines()
                .map(line -> line.split("\t"))
                .filter(columns -> columns.length > FOLDER && !columns[CLASS].equals("pluginName"))
                .toList();
    }

    private String run(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--plugin-path", folder.toString()));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (PrintStream print = new PrintStream(out, true, StandardCharsets.UTF_8)) {
            int code = ConnectPluginPath.mainNoExit(all.toArray(String[]::new), print, print);
            assertThat(code).as("%s", out.toString(StandardCharsets.UTF_8)).isZero();
        }
        return out.toString(StandardCharsets.UTF_8);
    }
}
