// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.media;

import io.kurier.ArrayHeaders;
import io.kurier.Printable;
import io.kurier.plugins.files.FileInput;
import io.kurier.plugins.files.Position;
import io.kurier.plugins.files.ReadResult;
import io.kurier.plugins.files.RecordReader;
import io.kurier.serializers.media.Blob;
import io.kurier.serializers.media.BlobChunks;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import java.util.zip.CRC32C;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.header.ConnectHeaders;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads one file as one blob, completely or not at all.
 *
 * <p>A chunk's position is the end of the part that was known to be stored when the chunk was returned, not the end of
 * the chunk: a worker also advances offsets over chunks that it leaves out. So a file that was interrupted is continued
 * under the same id, and only the chunks that were under way are sent twice. The stored part is read again for the
 * digest in the manifest, and to verify that it has not changed. If it has, the file begins anew with a new id, and
 * readers drop the chunks that have no manifest.
 *
 * <p>Only the last record carries the end of the file, with a mark that distinguishes an empty file that was published
 * from one that was not. The manifest waits until all chunks are stored. If one was left out, the manifest would mark
 * the file as published although no reader could reassemble it.
 */
final class MediaFile implements RecordReader {
    private static final Logger LOG = LoggerFactory.getLogger(MediaSourceTask.class);

    /** The mark of a position behind the last record of a blob. */
    private static final String WHOLE = "whole";

    /** How much of a stored part is read in one step, so that the task can be stopped between two. */
    private static final long STEP_BYTES = 32L << 20;

    /** Opens the file from its start. */
    @FunctionalInterface
    interface Source {
        /**
         * Returns the records of the file.
         *
         * @param id the id of the blob
         */
        BlobChunks open(UUID id);
    }

    /**
     * How files are cut, and continued.
     *
     * @param chunkBytes the size of a chunk
     * @param resumeWithinMillis how old an offset may be from which a file is continued
     */
    record Rules(int chunkBytes, long resumeWithinMillis) {}

    private final FileInput input;
    private final Position from;
    private final String key;
    private final Rules rules;
    private final Source source;
    private final StoredChunks chunks;
    private UUID id = UUID.randomUUID();
    private BlobChunks records;
    private @Nullable FileVersion version;
    /** What was returned of the blob, now or before an interruption. */
    private StoredChunks.Part read = new StoredChunks.Part(0, 0, 0);

    private CRC32C crc = new CRC32C();
    /** The part that was stored before an interruption, while it is read again. */
    private @Nullable Resumption storedBefore;

    private boolean opened;
    private boolean continued;
    private boolean begun;
    private long start;
    private @Nullable ReadResult manifest;

    MediaFile(FileInput input, Position from, String key, Rules rules, StoredChunks chunks, Source source) {
        this.input = input;
        this.from = from;
        this.key = key;
        this.rules = rules;
        this.chunks = chunks;
        this.source = source;
        this.records = source.open(id);
    }

    /**
     * Creates the reader of a file.
     *
     * @param from its start, or a position that an earlier reader has returned
     * @param key the key of all its records
     * @param chunks receives the outcomes of the chunks
     */
    static MediaFile of(FileInput input, Position from, String key, Rules rules, StoredChunks chunks) {
        Path name = input.path().getFileName();
        // The task closes the file; the records hold no other resource.
        return new MediaFile(
                input,
                from,
                key,
                rules,
                chunks,
                id -> new BlobChunks(
                        Blob.of(new UnchangedInput(input)).named(name == null ? key : name.toString()),
                        rules.chunkBytes(),
                        id));
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
        if (continued && begun && chunks.haveMoved()) {
            beginAnew("its chunks go to another topic or partition now");
        }
        String loss = begun ? chunks.loss() : null;
        if (loss != null) {
            return new ReadResult.Broken("", loss + ". It is tried again once it has changed, or after a restart");
        }
        if (manifest != null) {
            ReadResult last = stored ? manifest : ReadResult.Pause.UNTIL_STORED;
            manifest = stored ? null : manifest;
            return last;
        }
        try {
            if (!opened) {
                opened = true;
                open();
            }
            return storedBefore == null ? record(stored) : readAgain(storedBefore);
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
    }

    @Override
    public long recordStart() {
        return start;
    }

    /** Decides where to begin. */
    private void open() throws IOException {
        input.seek(0);
        Resumption before = Resumption.of(from);
        if (before == null) {
            return;
        }
        version = FileVersion.of(input);
        String obstacle =
                before.obstacle(rules.chunkBytes(), version, rules.resumeWithinMillis(), System.currentTimeMillis());
        if (obstacle != null) {
            beginAnew(obstacle);
            return;
        }
        id = UUID.fromString(before.blob());
        records = source.open(id);
        storedBefore = before;
        continued = true;
    }

    /** Reads on in the part that is stored. */
    private ReadResult readAgain(Resumption before) throws IOException {
        StoredChunks.Part part = before.stored().part();
        long until = read.bytes() + STEP_BYTES;
        while (read.chunks() < part.chunks() && read.bytes() < until) {
            byte[] value = records.next(new ArrayHeaders());
            if (value == null || records.isComplete()) {
                break;
            }
            count(value);
        }
        if (read.chunks() < part.chunks() && read.bytes() >= until) {
            return ReadResult.Pause.UNTIL_STORED; // it is stored, and read on at the next poll
        }
        if (read.equals(part)) {
            LOG.info(
                    "The file {} is continued behind byte {}, chunk {} of blob {}",
                    Printable.of(input.path().toString()),
                    part.bytes(),
                    part.chunks(),
                    before.blob());
            chunks.resume(before.blob(), before.stored());
            storedBefore = null;
        } else {
            beginAnew("the part of it that was published has changed");
        }
        return next();
    }

    private void beginAnew(String why) {
        LOG.info(
                "The file {}, of which a part was published, is published anew: {}",
                Printable.of(input.path().toString()),
                why);
        input.seek(0);
        id = UUID.randomUUID();
        records = source.open(id);
        read = new StoredChunks.Part(0, 0, 0);
        crc = new CRC32C();
        storedBefore = null;
        manifest = null;
        continued = false;
        begun = false;
    }

    private ReadResult record(boolean stored) throws IOException {
        Headers headers = new ArrayHeaders();
        byte[] value = records.next(headers);
        if (value == null) {
            return ReadResult.End.COMPLETE;
        }
        start = read.bytes();
        if (!records.isComplete()) {
            if (read.chunks() == 0) {
                version = FileVersion.of(input);
            }
            count(value);
            begun = true;
            chunks.handedOver(id.toString(), read);
            return record(value, headers, resumable());
        }
        ReadResult last = record(value, headers, new Position(input.size(), 0, Map.of(WHOLE, true)));
        if (begun && !stored) {
            manifest = last;
            return ReadResult.Pause.UNTIL_STORED;
        }
        return last;
    }

    private void count(byte[] chunk) {
        crc.update(chunk, 0, chunk.length);
        read = new StoredChunks.Part(read.chunks() + 1, read.bytes() + chunk.length, crc.getValue());
    }

    /** Returns the position from which the blob can be continued now. */
    private Position resumable() {
        StoredChunks.Stored part = chunks.stored();
        return part == null || version == null
                ? Position.START
                : new Resumption(id.toString(), part, rules.chunkBytes(), version, System.currentTimeMillis())
                        .position();
    }

    private ReadResult record(byte[] value, Headers headers, Position after) {
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
