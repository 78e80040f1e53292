// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.avro;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.zip.CRC32;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.tukaani.xz.XZInputStream;
import org.xerial.snappy.Snappy;
import org.xerial.snappy.SnappyError;

/**
 * The codecs of the Avro specification, each with a limit for the decompressed size.
 *
 * <p>Avro's own limit ({@code org.apache.avro.limits.decompress.maxLength}) applies to the whole JVM. It does not cover
 * the memory that xz allocates before the first byte is decompressed, which a header of 24 bytes can raise to 1.5 GiB.
 */
enum BlockCodec {
    NULL("") {
        @Override
        byte[] decompress(byte[] block, int limit) {
            return block;
        }
    },
    DEFLATE("") {
        @Override
        byte[] decompress(byte[] block, int limit) throws IOException {
            Inflater inflater = new Inflater(true);
            try (InputStream stream = new InflaterInputStream(new ByteArrayInputStream(block), inflater)) {
                return read(stream, limit);
            } finally {
                inflater.end();
            }
        }
    },
    BZIP2("org.apache.commons:commons-compress") {
        @Override
        byte[] decompress(byte[] block, int limit) throws IOException {
            try (InputStream stream = Bzip2.open(new ByteArrayInputStream(block))) {
                return read(stream, limit);
            }
        }
    },
    XZ("org.tukaani:xz") {
        @Override
        byte[] decompress(byte[] block, int limit) throws IOException {
            try (InputStream stream = Xz.open(new ByteArrayInputStream(block))) {
                return read(stream, limit);
            }
        }
    },
    ZSTANDARD("com.github.luben:zstd-jni") {
        @Override
        byte[] decompress(byte[] block, int limit) throws IOException {
            try (InputStream stream = Zstandard.open(new ByteArrayInputStream(block))) {
                return read(stream, limit);
            }
        }
    },
    SNAPPY("org.xerial.snappy:snappy-java") {
        /** Four more bytes follow the compressed ones: the CRC-32 of the uncompressed bytes, big-endian. */
        @Override
        byte[] decompress(byte[] block, int limit) throws IOException {
            return SnappyBlock.decompress(block, limit);
        }
    };

    private final String library;

    BlockCodec(String library) {
        this.library = library;
    }

    /**
     * Returns the codec that a file names.
     *
     * @throws InvalidFileException if there is none of that name
     */
    static BlockCodec of(String name) throws InvalidFileException {
        for (BlockCodec codec : values()) {
            if (codec.word().equals(name)) {
                return codec;
            }
        }
        throw new InvalidFileException("it is compressed with a codec that is none of Avro's: "
                + Arrays.stream(values()).map(BlockCodec::word).collect(Collectors.joining(", ")));
    }

    /** Returns the name in the specification. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns the artifact that must be on the class path. */
    String library() {
        return library;
    }

    /**
     * Returns the bytes of a block. Bytes that follow the compressed ones are ignored: Avro for Python leaves some
     * behind deflate.
     *
     * @param limit the maximum decompressed size in bytes
     * @throws IOException if the block is damaged or exceeds the limit
     * @throws LinkageError if the library is missing, or has no native code for this machine
     */
    abstract byte[] decompress(byte[] block, int limit) throws IOException;

    private static byte[] read(InputStream stream, int limit) throws IOException {
        byte[] bytes = stream.readNBytes(limit);
        if (bytes.length == limit && stream.read() >= 0) {
            throw new IOException("above the limit");
        }
        return bytes;
    }

    // One class per library: the JVM loads a library when it first runs code of the class that uses it, so a missing
    // library is an error only for the files that need it.

    private static final class Bzip2 {
        static InputStream open(InputStream compressed) throws IOException {
            return new BZip2CompressorInputStream(compressed);
        }
    }

    private static final class Xz {
        /** The highest level, 9, has a dictionary of 64 MiB. */
        private static final int MEMORY_KIB = 100 * 1024;

        static InputStream open(InputStream compressed) throws IOException {
            return new XZInputStream(compressed, MEMORY_KIB);
        }
    }

    private static final class Zstandard {
        static InputStream open(InputStream compressed) throws IOException {
            return new ZstdInputStreamNoFinalizer(compressed);
        }
    }

    private static final class SnappyBlock {
        static byte[] decompress(byte[] block, int limit) throws IOException {
            int length = block.length - Integer.BYTES;
            if (length < 0 || uncompressedLength(block, length) > limit) {
                throw new IOException("no snappy block, or one above the limit");
            }
            byte[] bytes = Snappy.uncompress(Arrays.copyOf(block, length));
            CRC32 crc = new CRC32();
            crc.update(bytes);
            int expected = ByteBuffer.wrap(block, length, Integer.BYTES).getInt();
            if ((int) crc.getValue() != expected) {
                throw new IOException("wrong checksum");
            }
            return bytes;
        }

        private static int uncompressedLength(byte[] block, int length) throws IOException {
            try {
                return Snappy.uncompressedLength(block, 0, length);
            } catch (SnappyError e) {
                // no native code for this machine, which other libraries report by a LinkageError
                throw new LinkageError("snappy", e);
            }
        }
    }
}
