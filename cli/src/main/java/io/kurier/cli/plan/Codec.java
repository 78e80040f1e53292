// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli.plan;

import com.github.luben.zstd.RecyclingBufferPool;
import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.zip.Deflater;
import net.jpountz.lz4.LZ4Compressor;
import net.jpountz.lz4.LZ4Factory;
import org.xerial.snappy.SnappyOutputStream;

/**
 * How Kafka's producer compresses the records of a batch, as far as sizes depend on it: the same libraries, levels and
 * blocks, used here since Kafka's own classes for it are internal.
 */
enum Codec {
    /** The records as they are. */
    NONE(0) {
        @Override
        long compressed(byte[] bytes, int length, int level) {
            return length;
        }
    },
    /** Deflate with the header and trailer of RFC 1952. */
    GZIP(288 * 1024) {
        @Override
        long compressed(byte[] bytes, int length, int level) {
            Deflater deflater = new Deflater(level, true);
            try {
                deflater.setInput(bytes, 0, length);
                deflater.finish();
                byte[] discarded = new byte[BUFFER];
                while (!deflater.finished()) {
                    deflater.deflate(discarded);
                }
                return GZIP_FRAME + deflater.getBytesWritten();
            } finally {
                deflater.end();
            }
        }
    },
    /** Snappy in the blocks of 32 KB of snappy-java. */
    SNAPPY(72 * 1024) {
        @Override
        long compressed(byte[] bytes, int length, int level) {
            return counted(bytes, length, SnappyOutputStream::new);
        }
    },
    /** LZ4 frames with independent blocks of 64 KB and without checksums of content. */
    LZ4(130 * 1024) {
        @Override
        long compressed(byte[] bytes, int length, int level) {
            LZ4Factory factory = LZ4Factory.fastestInstance();
            LZ4Compressor compressor =
                    level == LZ4_DEFAULT_LEVEL ? factory.fastCompressor() : factory.highCompressor(level);
            byte[] block = new byte[compressor.maxCompressedLength(LZ4_BLOCK)];
            long total = LZ4_HEADER + LZ4_END;
            for (int start = 0; start < length; start += LZ4_BLOCK) {
                int part = Math.min(LZ4_BLOCK, length - start);
                total += LZ4_BLOCK_LENGTH + Math.min(part, compressor.compress(bytes, start, part, block, 0));
            }
            return total;
        }
    },
    /** One Zstandard frame, as a stream. */
    ZSTD(1536 * 1024) {
        @Override
        long compressed(byte[] bytes, int length, int level) {
            return counted(
                    bytes, length, out -> new ZstdOutputStreamNoFinalizer(out, RecyclingBufferPool.INSTANCE, level));
        }
    };

    private static final int BUFFER = 16 * 1024;
    private static final int GZIP_FRAME = 10 + 8;
    private static final int LZ4_DEFAULT_LEVEL = 9;
    private static final int LZ4_BLOCK = 64 * 1024;
    private static final int LZ4_HEADER = 7;
    private static final int LZ4_BLOCK_LENGTH = 4;
    private static final int LZ4_END = 4;

    private final long memory;

    Codec(long memory) {
        this.memory = memory;
    }

    /** Returns the codec of a value of {@code compression.type}. */
    static Codec of(String type) {
        return Codec.valueOf(type.toUpperCase(Locale.ROOT));
    }

    /**
     * Returns the size of records after compression.
     *
     * @param length how many of the bytes are used
     * @param level the codec's level, as Kafka counts it; not used by codecs without levels
     */
    abstract long compressed(byte[] bytes, int length, int level);

    /** Returns what an open batch takes for compression besides its own buffer, in bytes; an estimate. */
    long memory() {
        return memory;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Opens a stream that compresses into another. */
    private interface Compression {
        OutputStream to(OutputStream out) throws IOException;
    }

    private static long counted(byte[] bytes, int length, Compression compression) {
        CountingStream count = new CountingStream();
        try (OutputStream out = new BufferedOutputStream(compression.to(count), BUFFER)) {
            for (int start = 0; start < length; start += BUFFER) {
                out.write(bytes, start, Math.min(BUFFER, length - start));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the sample cannot be compressed", e);
        }
        return count.bytes;
    }

    private static final class CountingStream extends OutputStream {
        private long bytes;

        @Override
        public void write(int single) {
            bytes++;
        }

        @Override
        public void write(byte[] more, int offset, int length) {
            bytes += length;
        }
    }
}
