// SPDX-License-Identifier: Apache-2.0
package io.kurier.core;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kurier.StartException;
import io.kurier.core.internal.plugins.PluginCatalog;
import io.kurier.core.internal.publisher.ScriptedTransport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names are data: whatever stands in one, an error shows it in its own line and without effect. */
class HostileNamesTest {
    private static final String EVIL = "evil\n  2. all is well\u001b[2J\u202egpj";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "topics",
                "topics.orders.name",
                "topics.orders.value.serializer",
                "topics.orders.partitioner",
                "topics.orders.guards",
                "topics.orders.partitions",
                "topics.orders.config.retention.ms",
                "profile",
                "bootstrap.servers",
                "producer.linger.ms",
                "plugin.path",
                "config.providers"
            })
    void ofValues(String key) {
        Map<String, String> keys = new HashMap<>(Map.of(
                "bootstrap.servers", "127.0.0.1:9092", "topics", "orders", "topics.orders.value.serializer", "text"));
        keys.put(key, EVIL);
        if (key.startsWith("topics.orders.config")) {
            keys.put("topics.orders.partitions", "0"); // so that there is an error
        }
        StartException failed = failure(keys);
        assertThat(failed.problems()).allSatisfy(HostileNamesTest::isHarmless);
    }

    @Test
    void ofKeys() {
        StartException failed = failure(Map.of(
                "bootstrap.servers",
                "127.0.0.1:9092",
                EVIL,
                "1",
                "topics",
                "orders",
                "topics.orders." + EVIL,
                "1",
                "topics.orders.value.serializer",
                "text"));
        assertThat(failed.problems()).hasSize(2).allSatisfy(HostileNamesTest::isHarmless);
    }

    @Test
    void ofFiles() {
        StartException failed = requireNonNull(catchThrowableOfType(
                StartException.class, () -> Kurier.check(folder.resolve("a\u001b[2J\u202e.properties"))));
        assertThat(failed).hasMessageContaining("a\\u001b[2J\\u202e.properties: no such file");
        isHarmless(requireNonNull(failed.getMessage()));
    }

    @Test
    void ofPluginsAndTheirFolders() throws Exception {
        Files.createDirectory(folder.resolve("evil\u001b[2J\u202egpj"));
        Files.writeString(folder.resolve("worse\n.jar"), "no jar");
        Map<String, String> keys = Map.of(
                "bootstrap.servers",
                "127.0.0.1:9092",
                "plugin.path",
                folder.toString(),
                "topics",
                "orders",
                "topics.orders.value.serializer",
                "absent");
        StartException failed = failure(keys);
        assertThat(failed.problems())
                .singleElement()
                .satisfies(HostileNamesTest::isHarmless)
                .asString()
                .contains("evil\\u001b[2J\\u202egpj: there is no jar in it", "worse\\n.jar");
    }

    @Test
    void ofWhatOthersThrow() {
        StartException failed = requireNonNull(catchThrowableOfType(
                StartException.class,
                () -> Kurier.builder()
                        .set("bootstrap.servers", "127.0.0.1:9092")
                        .set("topics", "orders")
                        .set("topics.orders.value.serializer", "text")
                        .set("topics.orders.value.serializer.charset", EVIL)
                        .transport(config -> new ScriptedTransport())
                        .start()
                        .close()));
        assertThat(failed.problems()).allSatisfy(HostileNamesTest::isHarmless);
        assertThat(PluginCatalog.discover().faults()).allSatisfy(fault -> isHarmless(fault.toString()));
    }

    private static StartException failure(Map<String, String> keys) {
        return requireNonNull(catchThrowableOfType(
                StartException.class,
                () -> Kurier.builder()
                        .set(keys)
                        .transport(config -> new ScriptedTransport())
                        .start()
                        .close()));
    }

    private static void isHarmless(String text) {
        assertThat(text).doesNotContain("\n", "\u001b", "\u202e").doesNotContain(EVIL);
    }
}
