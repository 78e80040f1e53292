// SPDX-License-Identifier: Apache-2.0
package io.kurier.promises;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kurier.broker.BrokerProcess;
import io.kurier.serializers.media.BlobStore;
import io.kurier.serializers.media.MediaDeserializer;
import io.kurier.serializers.media.MediaPart;
import io.kurier.serializers.media.MediaReader;
import io.kurier.serializers.media.ReceivedBlob;
import io.kurier.serializers.media.UndeliveredBlob;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every file is delivered once, although the process that publishes them is killed in the middle of files. */
class MediaKillTest {
    private static final TopicPartition PARTITION = new TopicPartition(MediaChild.TOPIC, 0);
    /** Far more than are under way at a time. */
    private static final int FEWEST_CHUNKS_BEFORE_A_KILL = 200;

    private static final int CHUNK = 20_000;
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration NOTHING_NEW = Duration.ofSeconds(30);

    private final Trial trial = new Trial("MediaKillTest", "promises.media.kills", 4);
    private final Random random = trial.random();
    private final Map<String, ReceivedBlob<Path>> delivered = new HashMap<>();
    private final List<UndeliveredBlob> undelivered = new ArrayList<>();
    private final Set<UUID> ids = new HashSet<>();
    private long chunks;

    @TempDir
    Path directory;

    @Test
    void everyFileIsDeliveredOnceThroughKillsOfTheProcess() throws Exception {
        long needed = publish(directory.resolve("offsets").toString());
        trial.note(needed + " chunks, " + (chunks - needed) + " sent again, " + delivered.size() + " files, "
                + ids.size() + " ids");
        assertThat(ids)
                .as("%s: not all files that were interrupted have begun anew", trial)
                .hasSizeLessThan(trial.kills() + delivered.size());
    }

    @Test
    void everyFileIsDeliveredOnceFromTransactionsThroughKillsOfTheProcess() throws Exception {
        long needed = publish(ConnectorChild.EXACTLY_ONCE);
        trial.note("exactly-once, " + needed + " chunks, " + (chunks - needed) + " sent again, " + delivered.size()
                + " files, " + ids.size() + " ids");
    }

    /** Publishes files and returns the number of their chunks, once the reader has each of them. */
    private long publish(String offsets) throws Exception {
        long needed = 0;
        Path folder = Files.createDirectory(directory.resolve("folder"));
        try (BrokerProcess broker = BrokerProcess.start()) {
            for (int kill = 1; kill <= trial.kills(); kill++) {
                needed += write(folder.resolve("film " + kill), 10_000_000);
                try (Child child = start(broker, folder, offsets)) {
                    child.await(ConnectorChild.STORED, FEWEST_CHUNKS_BEFORE_A_KILL + random.nextInt(200));
                    // at least one file is continued, however slow the disk is
                    if (kill == 1 && !offsets.equals(ConnectorChild.EXACTLY_ONCE)) {
                        awaitOffsetOf("film 1");
                    }
                    trial.pauseAtMost(20_000);
                    child.kill();
                }
            }
            needed += write(folder.resolve("last film"), 1_000_000);
            try (Child last = start(broker, folder, offsets)) {
                last.await(ConnectorChild.STORED, 1);
                last.finish();
            }
            read(broker.bootstrapServers());
        }
        assertThat(undelivered).as("%s", trial).isEmpty();
        assertThat(delivered).as("%s", trial).hasSize(trial.kills() + 1);
        delivered.forEach(
                (key, blob) -> assertThat(blob.content()).as("%s", trial).hasSameBinaryContentAs(folder.resolve(key)));
        return needed;
    }

    /** Writes a file and returns the number of its chunks. */
    private long write(Path file, int bytes) throws IOException {
        byte[] content = new byte[bytes + random.nextInt(bytes / 2)];
        random.nextBytes(content);
        Files.write(file, content);
        return (content.length + CHUNK - 1) / CHUNK;
    }

    private static Child start(BrokerProcess broker, Path folder, String offsets) {
        return Child.start(MediaChild.class, List.of(broker.bootstrapServers(), folder.toString(), offsets));
    }

    private void awaitOffsetOf(String file) {
        Path offsets = directory.resolve("offsets");
        await().atMost(NOTHING_NEW)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> Files.exists(offsets) && Files.readString(offsets).contains(file));
    }

    private void read(String bootstrapServers) throws IOException {
        Map<String, Object> config = Map.of("bootstrap.servers", bootstrapServers, "isolation.level", "read_committed");
        try (KafkaConsumer<String, MediaPart> consumer =
                        new KafkaConsumer<>(config, new StringDeserializer(), new MediaDeserializer());
                MediaReader<Path> reader =
                        new MediaReader<>(BlobStore.inFolder(directory.resolve("received")), undelivered::add)) {
            consumer.assign(Set.of(PARTITION));
            consumer.seekToBeginning(Set.of(PARTITION));
            long end = consumer.endOffsets(Set.of(PARTITION)).getOrDefault(PARTITION, 0L);
            long deadline = System.nanoTime() + NOTHING_NEW.toNanos();
            while (consumer.position(PARTITION) < end && System.nanoTime() - deadline < 0) {
                for (ConsumerRecord<String, MediaPart> record : consumer.poll(POLL)) {
                    deadline = System.nanoTime() + NOTHING_NEW.toNanos();
                    if (record.value() instanceof MediaPart.Chunk chunk) {
                        chunks++;
                        ids.add(chunk.id());
                    }
                    reader.read(record)
                            .ifPresent(blob -> assertThat(delivered.put(record.key(), blob))
                                    .as("%s: a file that was delivered before", trial)
                                    .isNull());
                }
            }
        }
    }
}
