// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.media;

import static io.kurier.serializers.media.BlobChunksTest.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.kurier.serializers.media.UndeliveredBlob.Reason;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MediaReaderTest {
    private static final TopicPartition PARTITION = new TopicPartition("t", 0);

    private final List<UndeliveredBlob> undelivered = new ArrayList<>();
    private final MediaReader<String> reader = new MediaReader<>(BlobStore.digestOnly(), undelivered::add, 3, 50);
    private long offset;

    /** A way to spoil the five records (four chunks and the manifest) of a blob, and what must be told. */
    private record Tampering(String name, Optional<Reason> reason, Spoil spoil) {
        @Override
        public String toString() {
            return name;
        }
    }

    private interface Spoil {
        void on(List<Sent> records) throws IOException;
    }

    static Stream<Tampering> tamperings() throws IOException {
        List<Sent> other = Sent.of(Blob.of(bytes(5000)).named("other"));
        List<Tampering> all = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            int chunk = i;
            all.add(lost("a bit of chunk " + i + " flipped", Reason.DIGEST_DIFFERS, records -> {
                byte[] bytes = records.get(chunk).value().clone();
                bytes[bytes.length / 2] ^= 1;
                records.set(chunk, records.get(chunk).with(bytes));
            }));
            all.add(lost(
                    "the chunk " + i + " missing",
                    i == 0 ? Reason.NO_START : i == 3 ? Reason.CHUNKS_DIFFER : Reason.GAP,
                    records -> records.remove(chunk)));
            all.add(lost(
                    "the chunk " + i + " one byte shorter",
                    Reason.SIZE_DIFFERS,
                    records -> records.set(
                            chunk,
                            records.get(chunk)
                                    .with(Arrays.copyOf(
                                            records.get(chunk).value(),
                                            records.get(chunk).value().length - 1)))));
            all.add(lost(
                    "the bytes of another blob in chunk " + i,
                    i == 3 ? Reason.SIZE_DIFFERS : Reason.DIGEST_DIFFERS,
                    records -> records.set(
                            chunk, records.get(chunk).with(other.get(0).value()))));
            for (int j = i + 1; j < 5; j++) {
                int with = j;
                Reason reason = i == 0 ? Reason.NO_START : j == 4 ? Reason.CHUNKS_DIFFER : Reason.GAP;
                all.add(lost(
                        "the records " + i + " and " + j + " swapped",
                        reason,
                        records -> Collections.swap(records, chunk, with)));
                if (j < 4) {
                    all.add(lost("the content of " + i + " and " + j + " swapped", Reason.DIGEST_DIFFERS, records -> {
                        byte[] one = records.get(chunk).value();
                        records.set(
                                chunk, records.get(chunk).with(records.get(with).value()));
                        records.set(with, records.get(with).with(one));
                    }));
                }
            }
        }
        all.add(lost(
                "a chunk more",
                Reason.CHUNKS_DIFFER,
                records -> records.add(4, records.get(3).with("media.chunk", "4"))));
        all.add(lost("another size", Reason.SIZE_DIFFERS, manifest("\"size\":4000", "\"size\":4001")));
        all.add(lost("other chunks", Reason.CHUNKS_DIFFER, manifest("\"chunks\":4", "\"chunks\":5")));
        all.add(lost("another digest", Reason.DIGEST_DIFFERS, records -> {
            String digest = ((MediaPart.Manifest) records.get(4).part()).sha256();
            records.set(4, records.get(4).replacing(digest, "0".repeat(64)));
        }));
        all.add(lost(
                "another id in the manifest",
                Reason.NO_START,
                records -> records.set(
                        4, records.get(4).with("media.id", other.get(0).header("media.id")))));
        all.add(lost(
                "another manifest with this id",
                Reason.CHUNKS_DIFFER,
                records -> records.set(
                        4, other.get(5).with("media.id", records.get(0).header("media.id")))));
        all.add(lost(
                "a foreign chunk with this id before chunk 2",
                Reason.DIGEST_DIFFERS,
                records -> records.add(
                        2, other.get(2).with("media.id", records.get(0).header("media.id")))));
        all.add(lost(
                "no chunks", Reason.NO_START, records -> records.subList(0, 4).clear()));
        all.add(new Tampering("no manifest", Optional.empty(), records -> records.remove(4)));
        return all.stream();
    }

    private static Tampering lost(String name, Reason reason, Spoil spoil) {
        return new Tampering(name, Optional.of(reason), spoil);
    }

    private static Spoil manifest(String old, String replacement) {
        return records -> records.set(4, records.get(4).replacing(old, replacement));
    }

    @ParameterizedTest
    @MethodSource("tamperings")
    void neverDeliversWhatIsNotWhole(Tampering tampering) throws IOException {
        List<Sent> records = new ArrayList<>(Sent.of(Blob.of(bytes(4000)).named("a")));
        assertThat(records).hasSize(5);
        tampering.spoil.on(records);

        assertThat(read(records)).isEmpty();
        assertThat(undelivered.stream().map(UndeliveredBlob::reason).findFirst())
                .isEqualTo(tampering.reason);
        assertThat(undelivered.stream().map(UndeliveredBlob::id)).doesNotHaveDuplicates();

        List<Sent> sound = Sent.of(Blob.of(bytes(4000)).named("b"));
        assertThat(read(sound))
                .singleElement()
                .satisfies(blob -> assertThat(blob.name()).contains("b"));
    }

    @Test
    void aManifestThatContradictsItsHeadersIsRefusedByTheDeserializer() throws IOException {
        Sent manifest = Sent.of(Blob.of(bytes(4000)).contentType("a/b")).get(4);
        assertThatThrownBy(manifest.replacing("a/b", "a/c")::part)
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("name different types");
    }

    @Test
    void tellsAllOfABlobThatIsWhole() throws IOException {
        List<Sent> records = Sent.of(Blob.of(bytes(4000)).named("a").contentType("x/y"));
        offset = 70;
        assertThat(read(records)).singleElement().satisfies(blob -> {
            assertThat(blob.id().map(Object::toString)).contains(records.get(0).header("media.id"));
            assertThat(blob.name()).contains("a");
            assertThat(blob.contentType()).contains("x/y");
            assertThat(blob.size()).isEqualTo(4000);
            assertThat(blob.chunks()).isEqualTo(4);
            assertThat(blob.content()).isEqualTo(blob.sha256());
            assertThat(blob.topic()).isEqualTo("t");
            assertThat(blob.partition()).isZero();
            assertThat(blob.offset()).isEqualTo(74);
        });
        assertThat(read(Sent.of(Blob.of(bytes(3)).contentType("x/y"))))
                .singleElement()
                .satisfies(blob -> {
                    assertThat(blob.id()).isEmpty();
                    assertThat(blob.name()).isEmpty();
                    assertThat(blob.contentType()).contains("x/y");
                    assertThat(blob.size()).isEqualTo(3);
                    assertThat(blob.chunks()).isEqualTo(1);
                    assertThat(blob.sha256()).isEqualTo(Sha256.end(digestOf(bytes(3))));
                    assertThat(blob.offset()).isEqualTo(75);
                });
        assertThat(undelivered).isEmpty();
    }

    private static MessageDigest digestOf(byte[] bytes) {
        MessageDigest digest = Sha256.start();
        digest.update(bytes);
        return digest;
    }

    @Test
    void skipsRecordsThatAProducerRepeated() throws IOException {
        List<Sent> records = Sent.of(Blob.of(bytes(4000)));
        for (int from = 0; from < 5; from++) {
            for (int to = from + 1; to <= 5; to++) {
                List<Sent> repeated = new ArrayList<>(records);
                repeated.addAll(to, records.subList(from, to));
                reader.forget(PARTITION);
                assertThat(read(repeated))
                        .as("records %d to %d repeated", from, to)
                        .hasSize(1);
            }
        }
        assertThat(undelivered).isEmpty();
    }

    @Test
    void putsBlobsThatLieBetweenEachOtherTogether() throws IOException {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 50; round++) {
            List<List<Sent>> blobs = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                blobs.add(new ArrayList<>(
                        Sent.of(Blob.of(bytes(random.nextInt(6000))).named("blob " + i))));
            }
            List<Sent> mixed = new ArrayList<>();
            while (!blobs.isEmpty()) {
                List<Sent> one = blobs.get(random.nextInt(blobs.size()));
                mixed.add(one.remove(0));
                blobs.removeIf(List::isEmpty);
            }
            assertThat(read(mixed))
                    .as("seed %d, round %d", seed, round)
                    .extracting(blob -> blob.name().orElseThrow())
                    .containsExactlyInAnyOrder("blob 0", "blob 1", "blob 2");
        }
        assertThat(undelivered).isEmpty();
    }

    @Test
    void tellsOnceThatItBeganInTheMiddleAndGoesOnWithTheNextBlob() throws IOException {
        List<Sent> records = new ArrayList<>(Sent.of(Blob.of(bytes(4000))).subList(2, 5));
        records.addAll(Sent.of(Blob.of(bytes(4001)).named("next")));
        assertThat(read(records)).hasSize(1);
        assertThat(undelivered).singleElement().satisfies(lost -> {
            assertThat(lost.reason()).isEqualTo(Reason.NO_START);
            assertThat(lost.reason().words()).isEqualTo("its first chunks are missing");
            assertThat(lost.id()).hasToString(records.get(0).header("media.id"));
            assertThat(lost.offset()).isZero();
        });
    }

    @Test
    void theSameIdInTwoPartitionsIsTwoBlobs() throws IOException {
        List<Sent> records = Sent.of(Blob.of(bytes(2000)));
        assertThat(reader.read(records.get(0).at(0, 0))).isEmpty();
        assertThat(reader.read(records.get(1).at(1, 0))).isEmpty();
        assertThat(reader.read(records.get(2).at(0, 1))).isEmpty();
        assertThat(undelivered)
                .extracting(UndeliveredBlob::partition, UndeliveredBlob::reason)
                .containsExactly(tuple(1, Reason.NO_START), tuple(0, Reason.CHUNKS_DIFFER));
    }

    @Test
    void givesUpTheBlobThatHasWaitedLongestWhenThereAreTooMany() throws IOException {
        List<List<Sent>> blobs = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            blobs.add(Sent.of(Blob.of(bytes(2000))));
        }
        read(List.of(
                blobs.get(0).get(0),
                blobs.get(1).get(0),
                blobs.get(2).get(0),
                blobs.get(0).get(1)));
        assertThat(read(List.of(blobs.get(3).get(0)))).isEmpty();

        assertThat(undelivered).singleElement().satisfies(lost -> {
            assertThat(lost.id()).hasToString(blobs.get(1).get(0).header("media.id"));
            assertThat(lost.reason()).isEqualTo(Reason.TOO_MANY_UNFINISHED);
        });
        assertThat(reader.unfinished()).hasSize(3).last().satisfies(blob -> {
            assertThat(blob.id()).hasToString(blobs.get(3).get(0).header("media.id"));
            assertThat(blob.firstOffset()).isEqualTo(4);
            assertThat(blob.chunks()).isEqualTo(1);
            assertThat(blob.bytes()).isEqualTo(1024);
        });
        assertThat(read(blobs.get(1).subList(1, 3))).isEmpty();
        assertThat(undelivered).hasSize(1);
        assertThat(read(blobs.get(0).subList(2, 3))).hasSize(1);
    }

    @Test
    void letsCommitNoFurtherThanTheFirstChunkOfAnUnfinishedBlob() throws IOException {
        assertThat(reader.committable()).isEmpty();
        List<Sent> a = Sent.of(Blob.of(bytes(2000)));
        List<Sent> b = Sent.of(Blob.of(bytes(2000)));
        read(Sent.of(Blob.of(bytes(1))));
        assertThat(reader.committable()).isEqualTo(Map.of(PARTITION, new OffsetAndMetadata(1)));
        read(List.of(a.get(0), b.get(0), a.get(1)));
        assertThat(reader.committable()).isEqualTo(Map.of(PARTITION, new OffsetAndMetadata(1)));
        read(List.of(a.get(2)));
        assertThat(reader.committable()).isEqualTo(Map.of(PARTITION, new OffsetAndMetadata(2)));
        read(b.subList(1, 3));
        assertThat(reader.committable()).isEqualTo(Map.of(PARTITION, new OffsetAndMetadata(7)));
        assertThat(undelivered).isEmpty();
    }

    @Test
    void givesUpABlobThatItsPublisherNeverEndedSoThatCommitsGoOn() throws IOException {
        List<Sent> dead = Sent.of(Blob.of(bytes(4000)));
        List<Sent> slow = Sent.of(Blob.of(bytes(4000)).named("slow"));
        Sent other = Sent.of(Blob.of(bytes(1))).get(0);
        reader.read(dead.get(0).at(1, 0));
        read(List.of(dead.get(0), slow.get(0), dead.get(1)));
        read(Collections.nCopies(48, other));
        read(List.of(slow.get(1), other));
        assertThat(undelivered).isEmpty();
        assertThat(reader.committable()).containsEntry(PARTITION, new OffsetAndMetadata(0));

        read(List.of(other));
        assertThat(undelivered).singleElement().satisfies(lost -> {
            assertThat(lost.id()).hasToString(dead.get(0).header("media.id"));
            assertThat(lost.reason()).isEqualTo(Reason.ABANDONED);
            assertThat(lost.partition()).isZero();
            assertThat(lost.offset()).isEqualTo(53);
        });
        assertThat(reader.committable()).containsEntry(PARTITION, new OffsetAndMetadata(1));
        assertThat(read(dead.subList(2, 5))).isEmpty();
        assertThat(read(slow.subList(2, 5))).hasSize(1);
        assertThat(reader.committable()).containsEntry(PARTITION, new OffsetAndMetadata(offset));
        assertThat(undelivered).hasSize(1);
    }

    @Test
    void deliversAgainWhenTheConsumerGoesBack() throws IOException {
        List<Sent> records = Sent.of(Blob.of(bytes(4000)));
        assertThat(read(records)).hasSize(1);
        offset = 0;
        assertThat(read(records.subList(0, 3))).isEmpty();
        offset = 0;
        assertThat(read(records)).hasSize(1);
        assertThat(undelivered).isEmpty();
    }

    @Test
    void forgetsAPartitionThatIsRevokedAndCountsATombstoneAsRead() throws IOException {
        read(Sent.of(Blob.of(bytes(4000))).subList(0, 2));
        reader.forget(PARTITION);
        assertThat(reader.unfinished()).isEmpty();
        assertThat(reader.committable()).isEmpty();
        ConsumerRecord<String, MediaPart> tombstone = new ConsumerRecord<>(
                "t", 0, 9, 0, TimestampType.CREATE_TIME, 0, 0, "k", null, new RecordHeaders(), Optional.empty());
        assertThat(reader.read(tombstone)).isEmpty();
        assertThat(reader.committable()).isEqualTo(Map.of(PARTITION, new OffsetAndMetadata(10)));
        assertThat(undelivered).isEmpty();
    }

    @Test
    void refusesToRememberNone() {
        assertThatThrownBy(() -> new MediaReader<>(BlobStore.digestOnly(), lost -> {}, 0, 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new MediaReader<>(BlobStore.digestOnly(), lost -> {}, 1, 0))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private List<ReceivedBlob<String>> read(List<Sent> records) throws IOException {
        List<ReceivedBlob<String>> delivered = new ArrayList<>();
        for (Sent record : records) {
            reader.read(record.at(0, offset++)).ifPresent(delivered::add);
        }
        return delivered;
    }
}
