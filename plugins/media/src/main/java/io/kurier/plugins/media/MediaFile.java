// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.media;

import io.kurier.ArrayHeaders;
import io.kurier.plugins.files.FileInput;
import io.kurier.plugins.files.Position;
import io.kurier.plugins.files.ReadResult;
import io.kurier.plugins.files.RecordReader;
import io.kurier.serializers.media.Blob;
import io.kurier.serializers.media.BlobChunks;
import io.kurier.serializers.media.MediaHeaders;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.header.ConnectHeaders;
import org.jspecify.annotations.Nullable;

/**
 * Reads one file as one blob, completely or not at all.
 *
 * <p>Chunks leave the position at the start of the file: a file that is interrupted begins anew, with a new id, and
 * readers drop the chunks that have no manifest. Only the last record carries the end of the file, with a mark that
 * distinguishes an empty file that was published from one that was not. The manifest waits until all chunks are stored.
 * If one was left out, the manifest would mark the file as published although no reader could reassemble it.
 */
final class MediaFile implements RecordReader {
    /** The mark of a position behind the last record of a blob. */
    private static final String WHOLE = "whole";

    private final FileInput input;
    private final Position from;
    private final String key;
    private final BlobChunks records;
    private final StoredChunks chunks;
    private boolean begun;
    private @Nullable ReadResult manifest;

    MediaFile(FileInput input, Position from, String key, BlobChunks records, StoredChunks chunks) {
        this.input = input;
        this.from = from;
        this.key = key;
        this.records = records;
        this.chunks = chunks;
    }

    /**
     * Creates the reader of a file.
     *
     * @param from its start, or the end of a file that was published
     * @param key the key of all its records
     * @param chunks receives the outcomes of the chunks
     */
    static MediaFile of(FileInput input, Position from, String key, int chunkBytes, StoredChunks chunks) {
        Path name = input.path().getFileName();
        Blob blob = Blob.of(new UnchangedInput(input)).named(name == null ? key : name.toString());
        // The task closes the file; the records hold no other resource.
        return new MediaFile(input, from, key, new BlobChunks(blob, chunkBytes), chunks);
    }

    @Override
    public ReadResult next() throws IOException {
        if (from.is(WHOLE)) {
            return input.size() == from.bytes()
                    ? ReadResult.End.COMPLETE
                    : new ReadResult.Broken(
                            "", "the file changed after it was published. Give new content a new file name");
        }
        if (!input.settled()) {
            return ReadResult.End.UNFINISHED;
        }
        boolean stored = chunks.haveEnded(); // checked first: a chunk that ends in between may be a loss
        String loss = begun ? chunks.loss() : null;
        if (loss != null) {
            return new ReadResult.Broken("", loss + ". It is published anew once it has changed, or after a restart");
        }
        if (manifest != null) {
            ReadResult last = stored ? manifest : ReadResult.Pause.UNTIL_STORED;
            manifest = stored ? null : manifest;
            return last;
        }
        Headers headers = new ArrayHeaders();
        byte[] value;
        try {
            value = records.next(headers);
        } catch (UnchangedInput.ChangedException e) {
            return ReadResult.End.UNFINISHED;
        } catch (ClosedChannelException e) {
            throw e; // the task is being stopped, or its thread interrupted
        } catch (IOException e) {
            if (!begun) {
                throw e;
            }
            // Retried at every scan, it would fill the topic with chunks that no manifest follows.
            return new ReadResult.Broken(
                    "byte " + input.position(),
                    "it cannot be read on: " + e.getMessage() + ". It is published anew once it has changed");
        }
        if (value == null) {
            return ReadResult.End.COMPLETE;
        }
        ReadResult record = record(value, headers);
        if (!records.isComplete()) {
            begun = true;
            chunks.handedOver(text(headers.lastHeader(MediaHeaders.ID).value()));
        } else if (begun && !stored) {
            manifest = record;
            return ReadResult.Pause.UNTIL_STORED;
        }
        return record;
    }

    private ReadResult record(byte[] value, Headers headers) throws IOException {
        Position after = records.isComplete() ? new Position(input.size(), 0, Map.of(WHOLE, true)) : Position.START;
        return new ReadResult.Value(Schema.STRING_SCHEMA, key, Schema.BYTES_SCHEMA, value, texts(headers), after);
    }

    /** Converts headers to strings, which every header converter passes on unchanged. */
    private static ConnectHeaders texts(Headers headers) {
        ConnectHeaders texts = new ConnectHeaders();
        for (Header header : headers) {
            texts.addString(header.key(), text(header.value()));
        }
        return texts;
    }

    private static String text(byte @Nullable [] value) {
        return value == null ? "" : new String(value, StandardCharsets.UTF_8);
    }
}
