// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.files;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** How a file is compressed, by its first bytes and not by its name: programs also compress files under their names. */
enum Compression {
    /** RFC 1952, also of several members. */
    GZIP(0x1F, 0x8B, 0x08) {
        @Override
        InputStream open(InputStream compressed) throws IOException {
            return new GZIPInputStream(compressed, BUFFER_BYTES);
        }
    },
    /** RFC 8878, also of several frames. */
    ZSTD(0x28, 0xB5, 0x2F, 0xFD) {
        @Override
        InputStream open(InputStream compressed) throws IOException {
            return Zstd.open(compressed);
        }
    };

    private static final int BUFFER_BYTES = 64 * 1024;

    /** The usual ends of the names of compressed files. */
    private static final List<String> ENDINGS = List.of(".gz", ".zst");

    private final int[] magic;

    Compression(int... magic) {
        this.magic = magic;
    }

    /**
     * Returns a stream of the uncompressed bytes.
     *
     * @throws IOException if the compressed bytes cannot be read, or end too early
     * @throws LinkageError if the library is missing, or has no native code for this machine
     */
    abstract InputStream open(InputStream compressed) throws IOException;

    /** Returns how a file with these first bytes is compressed; null if it is not. */
    static @Nullable Compression of(byte[] head) {
        for (Compression compression : values()) {
            if (compression.begins(head)) {
                return compression;
            }
        }
        return null;
    }

    /** Returns the globs and those of the same names with the endings of compressed files. */
    static List<String> alsoCompressed(List<String> globs) {
        return Stream.concat(
                        globs.stream(),
                        globs.stream().flatMap(glob -> ENDINGS.stream().map(ending -> glob + ending)))
                .toList();
    }

    /** Returns a name without the ending of compressed files; the name itself if it has none. */
    static String uncompressedName(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        for (String ending : ENDINGS) {
            if (lower.endsWith(ending) && name.length() > ending.length()) {
                return name.substring(0, name.length() - ending.length());
            }
        }
        return name;
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    private boolean begins(byte[] head) {
        if (head.length < magic.length) {
            return false;
        }
        for (int i = 0; i < magic.length; i++) {
            if ((head[i] & 0xFF) != magic[i]) {
                return false;
            }
        }
        return true;
    }

    /** A class of its own, since the JVM loads the library with the class that uses it. */
    private static final class Zstd {
        static InputStream open(InputStream compressed) throws IOException {
            return new ZstdInputStreamNoFinalizer(compressed);
        }
    }
}
