// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.media;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Any bytes, of any size, with a name and a content type: a picture, a film, a document. It refers to the bytes and
 * does not load them.
 *
 * <p>Immutable, but the content that it refers to is not: that must not change until it is read. Safe for use by any
 * number of threads.
 */
public final class Blob {
    /** {@code type "/" subtype} and parameters (RFC 9110, section 8.3.1), in visible ASCII. */
    private static final Pattern CONTENT_TYPE =
            Pattern.compile("[\\w!#$%&'*+.^`|~-]+/[\\w!#$%&'*+.^`|~-]+[ \\t]*(;[\\x20-\\x7E\\t]*)?");

    /** The last text that matched: the blobs of an application have few types, and a match takes longer than this. */
    private static volatile String matchedLast = "";

    /** Control characters and unpaired surrogates. */
    private static final Pattern UNFIT_FOR_NAMES = Pattern.compile("[\\p{Cc}\\p{Cs}]");

    private final Content content;
    private final byte @Nullable [] inMemory;
    private final @Nullable String name;
    private final @Nullable String contentType;

    private interface Content {
        InputStream open() throws IOException;
    }

    private Blob(Content content, byte @Nullable [] inMemory, @Nullable String name, @Nullable String contentType) {
        this.content = content;
        this.inMemory = inMemory;
        this.name = name;
        this.contentType = contentType;
    }

    /**
     * Returns a blob with the content of a regular file, which is opened each time that it is read. If the file changes
     * while it is read, reading fails at its end, so that a mixture of two contents is never taken for one.
     */
    public static Blob of(Path file) {
        Path fileName = file.getFileName();
        Blob blob = new Blob(() -> UnchangedFileStream.open(file), null, null, null);
        return fileName == null ? blob : blob.named(fileName.toString());
    }

    /** Returns a blob of bytes in memory, which are not copied. */
    public static Blob of(byte[] bytes) {
        return new Blob(() -> new ByteArrayInputStream(bytes), bytes, null, null);
    }

    /** Returns a blob of the remaining bytes of a stream. It can be read once; the reader closes it. */
    public static Blob of(InputStream stream) {
        AtomicBoolean opened = new AtomicBoolean();
        return new Blob(
                () -> {
                    if (opened.getAndSet(true)) {
                        throw new IOException("the stream of this blob was read already. Make a blob of a new stream,"
                                + " or of a file or an array, which can be read again");
                    }
                    return stream;
                },
                null,
                null,
                null);
    }

    /**
     * Returns the same blob with a name for people, usually a file name. Control characters and unpaired surrogates,
     * which no header should have, become U+FFFD.
     */
    public Blob named(String text) {
        return new Blob(content, inMemory, fitName(text), contentType);
    }

    /**
     * Returns the same blob with its content type, which is then not detected.
     *
     * @throws IllegalArgumentException if it is not of the form {@code type/subtype; parameters} in ASCII
     */
    public Blob contentType(String mediaType) {
        if (!isContentType(mediaType)) {
            throw new IllegalArgumentException(
                    "a content type has the form type/subtype, such as image/png, in ASCII (RFC 9110, section 8.3.1)");
        }
        return new Blob(content, inMemory, name, mediaType);
    }

    /** Returns the name; empty if it has none. */
    public Optional<String> name() {
        return Optional.ofNullable(name);
    }

    /** Returns the declared content type; empty if it is to be detected. */
    public Optional<String> contentType() {
        return Optional.ofNullable(contentType);
    }

    /**
     * Opens the bytes from their start.
     *
     * @return a stream, not buffered, to be closed by the caller
     * @throws IOException if they cannot be read, or are those of a stream and were opened before
     */
    public InputStream open() throws IOException {
        return content.open();
    }

    /** Returns the bytes, not copied, if they are in memory; otherwise null. */
    byte @Nullable [] inMemory() {
        return inMemory;
    }

    static String fitName(String text) {
        return UNFIT_FOR_NAMES.matcher(text).replaceAll("\uFFFD");
    }

    static boolean isContentType(String text) {
        if (text.equals(matchedLast)) {
            return true;
        }
        if (!CONTENT_TYPE.matcher(text).matches()) {
            return false;
        }
        matchedLast = text;
        return true;
    }

    /** Shows nothing: name and content may be confidential. */
    @Override
    public String toString() {
        return "Blob";
    }
}
