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
 * The codecs of the Avro specification, each with a limit for what comes out.
 *
 * <p>Avro's own limit ({@code org.apache.avro.limits.decompress.maxLength}) is one for the whole JVM, and it does not
 * cover what xz takes before the first byte comes out, which a header of 24 bytes can make 1.5 GiB.
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
        /** Behind the compressed bytes stand four more: the CRC-32 of the uncompressed ones, big-endian. */
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
     * The codec that a file names.
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

    /** The name in the specification. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The artifact that has to be on the class path. */
    String library() {
        return library;
    }

    /**
     * The bytes of a block. Bytes that follow the compressed ones are not looked at: Avro for Python leaves some behind
     * deflate.
     *
     * @param limit how many bytes may come out
     * @throws IOException if the block is damaged or more would come out
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

    // One class a library: the JVM looks for a library when it first runs code of the class that uses it, so that one
    // that is missing is an error of its own files only.

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
                // no native code for this machine, which others tell by a LinkageError
                throw new LinkageError("snappy", e);
            }
        }
    }
}
