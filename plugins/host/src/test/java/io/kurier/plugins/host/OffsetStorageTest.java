// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kurier.broker.LocalBroker;
import io.kurier.plugins.host.OffsetStorage.SourcePartition;
import io.kurier.testkit.TestTopics;
import io.kurier.testkit.WithKafka;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.connect.errors.DataException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@WithKafka
@Timeout(120)
class OffsetStorageTest {
    @TempDir
    private Path folder;

    private static void continues(Supplier<OffsetStorage> storages) {
        SourcePartition first = new SourcePartition("web-log", Map.of("file", "a.log", "part", 1));
        SourcePartition second = new SourcePartition("web-log", Map.of("file", "b.log", "part", 1));
        Map<String, Object> offset = new HashMap<>(Map.of("position", 7, "done", false));
        offset.put("note", null);
        try (OffsetStorage storage = storages.get()) {
            assertThat(storage.load()).isEmpty();
            storage.store(Map.of(first, offset, second, offset));
            Map<SourcePartition, Map<String, ?>> forget = new HashMap<>();
            forget.put(second, null);
            storage.store(forget);
        }
        Map<String, Object> stored = new HashMap<>(offset);
        stored.put("position", 7L);
        try (OffsetStorage storage = storages.get()) {
            assertThat(storage.load()).isEqualTo(Map.of(first, stored));
        }
    }

    @Test
    void continuesFromMemory() {
        OffsetStorage storage = OffsetStorage.inMemory();
        continues(() -> storage);
    }

    @Test
    void continuesFromAFile() {
        continues(() -> OffsetStorage.inFile(folder.resolve("offsets")));
    }

    @Test
    void continuesFromATopic(LocalBroker broker, TestTopics topics) {
        String topic = topics.unusedName("connect-offsets");
        continues(() -> OffsetStorage.inTopic(topic, Map.of("bootstrap.servers", broker.bootstrapServers())));
    }

    @Test
    void saysWhyItCannotBeUsed() throws Exception {
        Path file = Files.writeString(folder.resolve("offsets"), "position=7\n");
        try (OffsetStorage storage = OffsetStorage.inFile(file)) {
            assertThatThrownBy(storage::load)
                    .isInstanceOf(OffsetStorageException.class)
                    .hasMessageStartingWith(file + ": its first line is not \"kurier-source-offsets 1\"");
        }
    }

    @Test
    void takesPartitionsForTheSameThatAreToConnect() {
        Map<String, Object> partition = new LinkedHashMap<>();
        partition.put("shard", 5);
        partition.put("table", null);
        Map<String, Object> afterRestart = new LinkedHashMap<>();
        afterRestart.put("table", null);
        afterRestart.put("shard", 5L);
        SourcePartition before = new SourcePartition("orders", partition);
        assertThat(before).isEqualTo(new SourcePartition("orders", afterRestart));
        assertThat(before.partition().keySet()).containsExactly("shard", "table");
        partition.put("shard", 6);
        assertThat(before).isEqualTo(new SourcePartition("orders", afterRestart));
        assertThatThrownBy(() -> new SourcePartition("orders", Map.of("shard", new Object())))
                .isInstanceOf(DataException.class)
                .hasMessageStartingWith("connector orders, source partition, shard: ");
    }

    @Test
    void refusesAConfigurationWithNullsAtOnce() {
        Map<String, String> config = new HashMap<>();
        config.put("bootstrap.servers", null);
        assertThatThrownBy(() -> OffsetStorage.inTopic("connect-offsets", config))
                .isInstanceOf(NullPointerException.class)
                .hasMessageContaining("config");
    }
}
