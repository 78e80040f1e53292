// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli.read;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.kurier.cli.records.UnfitException;
import io.kurier.cli.records.ValueJson;
import io.kurier.core.internal.errors.ThrowableText;
import io.kurier.serializers.media.BlobStore;
import io.kurier.serializers.media.MediaPart;
import io.kurier.serializers.media.MediaReader;
import io.kurier.serializers.media.ReceivedBlob;
import io.kurier.serializers.media.UndeliveredBlob;
import io.kurier.serializers.media.UnfinishedBlob;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Decodes records and prints a line for each, up to a limit. The records of a large blob become one line, when the last
 * of them was read; the content of blobs is not printed. Used by one thread.
 */
public final class RecordPrinter implements TopicReader.Sink {
    private final RecordOpener opener;
    private final Deserializer<?> deserializer;
    private final RecordLines lines;
    private final long most;
    private final PrintWriter out;
    private final Consumer<String> notes;
    private final ValueJson values = new ValueJson();
    private final MediaReader<String> blobs = new MediaReader<>(BlobStore.digestOnly(), this::printUndelivered);
    private long printed;
    private long undecoded;

    /**
     * Creates a printer.
     *
     * @param opener decrypts records; the caller closes it
     * @param deserializer decodes values; the caller closes it
     * @param json whether each line is a JSON object
     * @param most the largest number of lines
     * @param out receives the lines
     * @param notes receives sentences for people
     */
    public RecordPrinter(
            RecordOpener opener,
            Deserializer<?> deserializer,
            boolean json,
            long most,
            PrintWriter out,
            Consumer<String> notes) {
        this.opener = opener;
        this.deserializer = deserializer;
        this.lines = json ? new JsonLines() : new PlainLines();
        this.most = most;
        this.out = out;
        this.notes = notes;
    }

    /** Returns the number of records and blobs that could not be decoded. */
    public long undecoded() {
        return undecoded;
    }

    @Override
    public boolean take(ConsumerRecord<byte[], byte[]> stored) {
        ConsumerRecord<byte[], byte[]> record = stored;
        try {
            record = opener.open(stored);
            Object value = deserializer.deserialize(record.topic(), record.headers(), record.value());
            if (value instanceof MediaPart part) {
                takePart(record, part);
            } else {
                print(lines.decoded(record, values.of(value)));
            }
        } catch (UncheckedIOException e) {
            throw e;
        } catch (UnfitException e) {
            printUndecoded(record, String.valueOf(e.getMessage()));
        } catch (RuntimeException e) { // of a plugin, too
            printUndecoded(record, ThrowableText.reason(e));
        }
        return printed < most;
    }

    private void takePart(ConsumerRecord<byte[], byte[]> record, MediaPart part) {
        ConsumerRecord<byte[], MediaPart> decoded =
                new ConsumerRecord<>(record.topic(), record.partition(), record.offset(), record.key(), part);
        try {
            blobs.read(decoded).ifPresent(blob -> print(lines.decoded(record, described(blob))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode described(ReceivedBlob<String> blob) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("name", blob.name().orElse(null))
                .put("size", blob.size())
                .put("contentType", blob.contentType().orElse(null))
                .put("sha256", blob.sha256());
    }

    private void printUndelivered(UndeliveredBlob blob) {
        if (printed < most) {
            undecoded++;
            print(lines.undelivered(
                    blob.topic(),
                    blob.partition(),
                    blob.offset(),
                    "the blob " + blob.id() + " is not complete: "
                            + blob.reason().words()));
        }
    }

    private void printUndecoded(ConsumerRecord<byte[], byte[]> record, String reason) {
        undecoded++;
        print(lines.undecoded(record, reason));
    }

    private void print(String line) {
        printed++;
        out.write(line);
        out.write('\n');
    }

    @Override
    public boolean flush() {
        return !out.checkError(); // which flushes
    }

    @Override
    public void note(String sentence) {
        notes.accept(sentence);
    }

    /** Reports blobs of which the last record was not read; not if the limit has ended the reading before. */
    public void noteUnfinished() {
        if (printed < most) {
            List<UnfinishedBlob> unfinished = blobs.unfinished();
            for (UnfinishedBlob blob : unfinished) {
                notes.accept("the blob " + blob.id() + " in partition " + blob.partition() + " from offset "
                        + blob.firstOffset() + " on has no end yet; it is not printed");
            }
        }
    }
}
