// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.avro;

import io.kurier.plugins.files.FileInput;
import io.kurier.plugins.files.Position;
import io.kurier.plugins.files.ReadResult;
import io.kurier.plugins.files.RecordReader;
import java.io.EOFException;
import java.io.IOException;
import java.util.Map;
import org.apache.avro.generic.IndexedRecord;
import org.jspecify.annotations.Nullable;

/**
 * Reads the blocks of a container file, each all or nothing: its sync marker, its codec's checksum and all of its
 * records are checked before the first one is published. So every record is decoded twice, and memory is needed for the
 * bytes of a block but not for its records.
 *
 * <p>A position is the start of a block and the number of its records that were read.
 */
final class ContainerReader implements RecordReader {

    private static final String ITEM = "item";

    /** Writers close a block at 16 KiB to some MiB, and a block has at least one record. */
    private static final int BLOCK_RECORDS = 64;

    private static final int MAX_BLOCK_BYTES = 1 << 30;

    private final FileInput input;
    private final AvroRecords records;
    private final int maxBlockBytes;
    private final Position from;

    private @Nullable ContainerHeader header;
    private @Nullable RecordDecoder decoder;
    /** Where the next block starts, and how many of its records to skip. */
    private long next;

    private long skip;
    private @Nullable Block block;
    /** The size in bytes of the records read so far. */
    private long unpacked;
    /** The start of the block of the last record: a record in a block has no position of its own. */
    private long recordStart;

    /** A complete block, and how far it was read. */
    private static final class Block {
        final long start;
        final long end;
        final long count;
        final BlockRecords records;
        long item;

        Block(long start, long end, long count, BlockRecords records) {
            this.start = start;
            this.end = end;
            this.count = count;
            this.records = records;
        }
    }

    ContainerReader(FileInput input, Position from, AvroRecords records) {
        this.input = input;
        this.from = from;
        this.records = records;
        this.maxBlockBytes = (int) Math.min(MAX_BLOCK_BYTES, (long) BLOCK_RECORDS * records.maxBytes());
    }

    @Override
    public ReadResult next() throws IOException {
        if (header == null || decoder == null) {
            ReadResult problem = open();
            if (problem != null) {
                return problem;
            }
        }
        return header == null || decoder == null ? ReadResult.End.UNFINISHED : next(header, decoder);
    }

    @Override
    public long recordStart() {
        return recordStart;
    }

    /** A block can hold a thousand times as many bytes as it takes in the file. */
    @Override
    public long unpackedBytes() {
        return unpacked;
    }

    /** Reads the header; returns why the file cannot be read, or null if it can. */
    private @Nullable ReadResult open() throws IOException {
        try {
            ContainerHeader read = ContainerHeader.read(input);
            records.checkKeyField(read.schema());
            decoder = RecordDecoder.of(read.schema());
            next = Math.max(read.end(), from.bytes());
            skip = from.number(ITEM);
            if (next != read.end() && !read.sync().isAt(input, next - SyncMarker.BYTES)) {
                return new ReadResult.Broken(
                        "byte " + next,
                        "no block starts where reading has to go on: the file was replaced. Give new content a new file"
                                + " name, or reset the connector's offset of this file to read it from its start");
            }
            header = read;
            return null;
        } catch (EOFException e) {
            return input.settled()
                    ? new ReadResult.Broken(
                            "",
                            input.size() == 0
                                    ? "it is empty: an Avro container file has at least a header"
                                    : "the file ends within its header")
                    : ReadResult.End.UNFINISHED;
        } catch (InvalidFileException e) {
            return new ReadResult.Broken("", e.reason());
        }
    }

    private ReadResult next(ContainerHeader head, RecordDecoder decoding) throws IOException {
        while (true) {
            Block current = block;
            if (current != null && current.item < current.count) {
                return record(current);
            }
            block = null;
            input.seek(next);
            if (input.atEnd()) {
                return ReadResult.End.COMPLETE;
            }
            ReadResult problem = openBlock(head, decoding);
            if (problem != null) {
                return problem;
            }
        }
    }

    private ReadResult record(Block current) throws IOException {
        IndexedRecord record = current.records.next();
        int bytes = current.records.lastBytes();
        unpacked += bytes;
        current.item++;
        recordStart = current.start;
        String where = "block at byte " + current.start + ", record " + current.item;
        Position after = current.item == current.count
                ? Position.of(current.end, 0)
                : new Position(current.start, 0, Map.of(ITEM, current.item));
        return record == null ? records.tooLarge(bytes, where, after) : records.of(record, where, after);
    }

    /** Reads and checks the block at {@link #next}; returns what is wrong with it, or null if it is valid. */
    private @Nullable ReadResult openBlock(ContainerHeader head, RecordDecoder decoding) throws IOException {
        long start = next;
        input.seek(start);
        long count;
        long size;
        try {
            count = Varint.read(input);
            size = Varint.read(input);
        } catch (EOFException e) {
            return lost(head, start, "", "the file ends within the block");
        } catch (InvalidFileException e) {
            return lost(head, start, "", e.reason());
        }
        String claim = ", which claims " + count + " records,";
        long content = input.position();
        long end = content + size + SyncMarker.BYTES;
        if (count < 0 || size < 0) {
            return lost(head, start, "", "the block claims a negative length");
        }
        // read before its end is checked, since going back in a compressed file means to decompress it again
        byte[] compressed = size > maxBlockBytes ? new byte[0] : input.readNBytes((int) size);
        boolean whole = size > maxBlockBytes ? size <= input.size() - content : compressed.length == size;
        if (!whole) {
            return lost(head, start, claim, "the file ends within the block");
        }
        if (!head.sync().isAt(input, end - SyncMarker.BYTES)) {
            return lost(head, start, claim, "no sync marker stands at its end");
        }
        next = end;
        if (size > maxBlockBytes) {
            return rejected(start, end, claim, tooLarge());
        }
        try {
            byte[] bytes = head.codec().decompress(compressed, maxBlockBytes);
            check(recordsOf(bytes, decoding), count);
            block = at(skip, new Block(start, end, count, recordsOf(bytes, decoding)));
            skip = 0;
            return null;
        } catch (LinkageError e) {
            return new ReadResult.Broken(
                    "",
                    "it is compressed with " + head.codec().word() + ", for which the library "
                            + head.codec().library()
                            + " must be on the class path, with native code for this machine if it has any ("
                            + e.getClass().getTypeName() + ")");
        } catch (InvalidFileException e) {
            return rejected(start, end, claim, e.reason());
        } catch (IOException | RuntimeException | StackOverflowError e) {
            return rejected(
                    start,
                    end,
                    claim,
                    "its bytes are damaged, or more than " + maxBlockBytes + " when decompressed ("
                            + e.getClass().getTypeName() + ")");
        }
    }

    private BlockRecords recordsOf(byte[] bytes, RecordDecoder decoding) {
        return new BlockRecords(bytes, records.maxBytes(), decoding);
    }

    /** Decodes all records of a block and discards them. */
    private static void check(BlockRecords content, long count) throws IOException, InvalidFileException {
        if (count > (long) content.left() + RecordDecoder.WITHOUT_BYTES) {
            throw new InvalidFileException("it has too few bytes for them");
        }
        for (long i = 0; i < count; i++) {
            content.next();
        }
        if (content.left() > 0) {
            throw new InvalidFileException(content.left() + " bytes are left over behind the last of them");
        }
    }

    private static Block at(long skip, Block block) throws IOException {
        for (; block.item < Math.min(skip, block.count); block.item++) {
            block.records.next();
        }
        return block;
    }

    private String tooLarge() {
        return "it is larger than " + maxBlockBytes + " bytes, " + BLOCK_RECORDS + " times max.record.bytes="
                + records.maxBytes() + ". Raise max.record.bytes if it is meant";
    }

    /**
     * Handles a block that does not end where it claims: the next one starts behind the next marker, if there is one.
     */
    private ReadResult lost(ContainerHeader head, long start, String claim, String reason) throws IOException {
        long behind = head.sync().findBehind(input, start);
        if (behind >= 0) {
            next = behind;
            return rejected(start, behind, claim, reason);
        }
        return input.settled()
                ? new ReadResult.Broken(
                        "block at byte " + start,
                        "the block" + claim + " is not published: " + reason
                                + ". No sync marker follows, so nothing behind it can be read")
                : ReadResult.End.UNFINISHED;
    }

    private ReadResult rejected(long start, long end, String claim, String reason) {
        skip = 0;
        return ReadResult.Rejected.of(
                "block at byte " + start,
                "the block" + claim + " is not published: " + reason + ". Reading goes on at byte " + end,
                Position.of(end, 0));
    }
}
