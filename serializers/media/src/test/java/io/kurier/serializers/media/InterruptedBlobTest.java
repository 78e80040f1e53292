// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.media;

import static io.kurier.serializers.media.BlobChunksTest.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import io.kurier.serializers.media.UndeliveredBlob.Reason;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** What a reader makes of blobs whose publisher was interrupted, and of chunks that are repeated or missing. */
class InterruptedBlobTest {
    private static final TopicPartition PARTITION = new TopicPartition("t", 0);

    private final List<UndeliveredBlob> undelivered = new ArrayList<>();
    private final MediaReader<String> reader = new MediaReader<>(BlobStore.digestOnly(), undelivered::add, 3, 50);
    private long offset;

    @Test
    void deliversABlobWhosePublisherWasInterruptedAnywhereAndContinuedAtOrBeforeTheGap() throws IOException {
        List<Sent> records = Sent.of(Blob.of(bytes(4000)).named("a"));
        for (int gap = 1; gap < 4; gap++) {
            for (int again = 1; again <= gap; again++) {
                List<Sent> interrupted = new ArrayList<>(records.subList(0, 4));
                interrupted.remove(gap);
                interrupted.addAll(records.subList(again, 5));
                reader.forget(PARTITION);
                assertThat(read(interrupted))
                        .as("chunk %d lost, continued at chunk %d", gap, again)
                        .singleElement()
                        .satisfies(blob -> assertThat(blob.size()).isEqualTo(4000));
            }
        }
        assertThat(undelivered).isEmpty();
    }

    @Test
    void doesNotUseAChunkBehindAGapAndTakesTheOneThatComesInItsPlace() throws IOException {
        List<Sent> records = new ArrayList<>(Sent.of(Blob.of(bytes(4000))));
        Sent forged = records.get(2).with(records.get(0).value());
        records.add(1, forged);
        assertThat(read(records)).hasSize(1);
        assertThat(undelivered).isEmpty();
    }

    @Test
    void aRepeatedChunkWithOtherBytesDoesNotReplaceTheFirst() throws IOException {
        List<Sent> records = new ArrayList<>(Sent.of(Blob.of(bytes(4000))));
        Sent forged = records.get(1).with(records.get(0).value());
        records.add(2, forged);
        assertThat(read(records)).hasSize(1);
        assertThat(undelivered).isEmpty();

        List<Sent> others = new ArrayList<>(Sent.of(Blob.of(bytes(4000))));
        others.add(1, others.get(1).with(others.get(0).value()));
        assertThat(read(others)).isEmpty();
        assertThat(undelivered).extracting(UndeliveredBlob::reason).containsExactly(Reason.DIGEST_DIFFERS);
    }

    @Test
    void tellsOfAGapAtTheManifestAndNotBefore() throws IOException {
        List<Sent> records = new ArrayList<>(Sent.of(Blob.of(bytes(4000))));
        records.remove(1);
        assertThat(read(records.subList(0, 3))).isEmpty();
        assertThat(undelivered).isEmpty();
        assertThat(reader.unfinished())
                .singleElement()
                .satisfies(blob -> assertThat(blob.chunks()).isEqualTo(1));
        assertThat(reader.committable()).isEqualTo(Map.of(PARTITION, new OffsetAndMetadata(0)));

        assertThat(read(records.subList(3, 4))).isEmpty();
        assertThat(undelivered).singleElement().satisfies(lost -> {
            assertThat(lost.reason()).isEqualTo(Reason.GAP);
            assertThat(lost.offset()).isEqualTo(3);
        });
        assertThat(reader.unfinished()).isEmpty();
        assertThat(reader.committable()).isEqualTo(Map.of(PARTITION, new OffsetAndMetadata(4)));
    }

    @Test
    void chunksThatAreNotUsedDoNotKeepABlobUnfinished() throws IOException {
        List<Sent> records = Sent.of(Blob.of(bytes(4000)));
        for (Sent useless : List.of(records.get(0), records.get(2))) {
            reader.forget(PARTITION);
            undelivered.clear();
            offset = 0;
            read(records.subList(0, 1));
            read(Collections.nCopies(50, useless));
            assertThat(undelivered).isEmpty();
            read(List.of(useless));
            assertThat(undelivered).extracting(UndeliveredBlob::reason).containsExactly(Reason.ABANDONED);
            assertThat(reader.committable()).isEqualTo(Map.of(PARTITION, new OffsetAndMetadata(52)));
        }
    }

    @Test
    void chunksThatAreNotUsedDoNotPutOffWhenABlobIsGivenUpForOthers() throws IOException {
        List<List<Sent>> blobs = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            blobs.add(Sent.of(Blob.of(bytes(4000))));
        }
        read(List.of(
                blobs.get(0).get(0),
                blobs.get(1).get(0),
                blobs.get(2).get(0),
                blobs.get(0).get(3)));
        read(List.of(blobs.get(0).get(0), blobs.get(3).get(0)));
        assertThat(undelivered).singleElement().satisfies(lost -> {
            assertThat(lost.id()).hasToString(blobs.get(0).get(0).header("media.id"));
            assertThat(lost.reason()).isEqualTo(Reason.TOO_MANY_UNFINISHED);
        });
    }

    @Test
    void ignoresTheRecordsThatAPublisherRepeatsAfterTheBlobWasDelivered() throws IOException {
        List<Sent> records = Sent.of(Blob.of(bytes(4000)));
        assertThat(read(records)).hasSize(1);
        for (int from = 0; from < 5; from++) {
            assertThat(read(records.subList(from, 5))).isEmpty();
        }
        assertThat(undelivered).isEmpty();
        assertThat(reader.unfinished()).isEmpty();
    }

    private List<ReceivedBlob<String>> read(List<Sent> records) throws IOException {
        List<ReceivedBlob<String>> delivered = new ArrayList<>();
        for (Sent record : records) {
            reader.read(record.at(0, offset++)).ifPresent(delivered::add);
        }
        return delivered;
    }
}
