// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.DynamicMessage;
import io.kurier.serializers.avro.AvroSerializer;
import io.kurier.serializers.media.Blob;
import io.kurier.serializers.media.BlobChunks;
import io.kurier.serializers.protobuf.ProtobufSerializer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.header.ConnectHeaders;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Each verifier knows a value again, and is shown a flipped byte; that of media a loss, too. */
class VerifierTest {
    private static final byte[] KEY = "film.mp4".getBytes(UTF_8);

    @Test
    void avroKnowsARecordAgainAndNotesAFlippedByte() {
        AvroVerifier verifier = new AvroVerifier();
        GenericRecord reading = SampleData.readings().get(0);
        ContentHash sent = verifier.sent(sourceRecord(null, null, reading, new ConnectHeaders()));
        byte[] bytes = Objects.requireNonNull(new AvroSerializer<GenericRecord>().serialize("t", reading));

        assertThat(verifier.read(record(0, bytes, new RecordHeaders()))).isEqualTo(sent);
        assertThat(verifier.read(record(1, flipped(bytes, bytes.length - 5), new RecordHeaders())))
                .isNotEqualTo(sent);
        assertThat(verifier.read(record(2, flipped(bytes, 3), new RecordHeaders())))
                .isNull();
    }

    @Test
    void protobufKnowsAMessageAgainAndNotesAFlippedByteAndAnotherType() throws Exception {
        ProtobufVerifier verifier = new ProtobufVerifier();
        DynamicMessage payment = SampleData.payments().get(0);
        ContentHash sent = verifier.sent(sourceRecord(null, null, payment, new ConnectHeaders()));
        Headers headers = new RecordHeaders();
        byte[] bytes = Objects.requireNonNull(
                new ProtobufSerializer<DynamicMessage>().withTypeHeader().serialize("t", headers, payment));

        assertThat(verifier.read(record(0, bytes, headers))).isEqualTo(sent);
        assertThat(verifier.read(record(1, flipped(bytes, 4), headers))).isNotEqualTo(sent);
        Headers other = new RecordHeaders().add(ProtobufSerializer.TYPE_HEADER, "other.Type".getBytes(UTF_8));
        assertThat(verifier.read(record(2, bytes, other))).isNull();
    }

    @Test
    void mediaKnowsABlobAgain() throws IOException {
        MediaVerifier verifier = new MediaVerifier();
        List<ConsumerRecord<byte[], byte[]>> records = blob();
        List<ContentHash> sent = send(verifier, records);

        assertThat(records).map(verifier::read).isEqualTo(sent);
        assertThat(verifier.differences()).isEmpty();
    }

    @Test
    void mediaNotesAFlippedByte() throws IOException {
        MediaVerifier verifier = new MediaVerifier();
        List<ConsumerRecord<byte[], byte[]>> records = blob();
        List<ContentHash> sent = send(verifier, records);
        records.set(
                1, record(1, flipped(records.get(1).value(), 7), records.get(1).headers()));

        assertThat(records.stream().map(verifier::read).toList().get(1)).isNotEqualTo(sent.get(1));
        assertThat(verifier.differences())
                .containsExactly("film.mp4: no reader will deliver it: the bytes do not have the digest that the"
                        + " manifest names");
    }

    @Test
    void mediaNotesAChunkThatIsLostAndAManifestThatIsLost() throws IOException {
        for (int lost : new int[] {0, 1, 3}) {
            MediaVerifier verifier = new MediaVerifier();
            List<ConsumerRecord<byte[], byte[]>> records = blob();
            send(verifier, records);
            records.remove(lost);
            records.forEach(verifier::read);

            assertThat(verifier.differences())
                    .as("without record %d", lost)
                    .singleElement()
                    .asString()
                    .startsWith("film.mp4: no reader will deliver it: ");
        }
    }

    @Test
    void mediaCountsABlobOnceWithItsEnd() throws IOException {
        MediaVerifier verifier = new MediaVerifier();
        assertThat(blob().stream().map(VerifierTest::sourceRecord).map(verifier::completes))
                .containsExactly(false, false, false, true);
    }

    private static List<ContentHash> send(MediaVerifier verifier, List<ConsumerRecord<byte[], byte[]>> records) {
        return records.stream()
                .map(VerifierTest::sourceRecord)
                .map(verifier::sent)
                .toList();
    }

    /** Three chunks and a manifest. */
    private static List<ConsumerRecord<byte[], byte[]>> blob() throws IOException {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        try (BlobChunks chunks = new BlobChunks(Blob.of(new byte[2_500]).named("film.mp4"), 1_024)) {
            Headers headers = new RecordHeaders();
            for (byte[] value = chunks.next(headers); value != null; value = chunks.next(headers)) {
                records.add(record(records.size(), value, headers));
                headers = new RecordHeaders();
            }
        }
        return records;
    }

    private static byte[] flipped(byte[] bytes, int at) {
        byte[] flipped = bytes.clone();
        flipped[at] ^= 1;
        return flipped;
    }

    private static SourceRecord sourceRecord(ConsumerRecord<byte[], byte[]> record) {
        ConnectHeaders headers = new ConnectHeaders();
        record.headers().forEach(header -> headers.addString(header.key(), new String(header.value(), UTF_8)));
        return sourceRecord(new String(record.key(), UTF_8), Schema.BYTES_SCHEMA, record.value(), headers);
    }

    private static SourceRecord sourceRecord(
            @Nullable String key, @Nullable Schema schema, Object value, ConnectHeaders headers) {
        return new SourceRecord(Map.of(), Map.of(), "t", null, null, key, schema, value, null, headers);
    }

    private static ConsumerRecord<byte[], byte[]> record(long offset, byte[] value, Headers headers) {
        return new ConsumerRecord<>(
                "t", 0, offset, 0, TimestampType.CREATE_TIME, 0, 0, KEY, value, headers, Optional.empty());
    }
}
