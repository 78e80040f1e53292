// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.text;

import io.kurier.plugins.files.ByteOrderMark;
import io.kurier.plugins.files.FileInput;
import io.kurier.plugins.files.LineEnds;
import io.kurier.plugins.files.ReadResult;
import io.kurier.plugins.files.RecordReader;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/**
 * The configured charset of files. If a mark at the start of a file determines the byte order of the charset (RFC 2781,
 * section 3.3), it is resolved for each file, because lines are decoded one by one and only the first has the mark. A
 * mark of another charset is refused: each line would be wrong or, worse, look like text.
 */
final class FileCharset {

    /**
     * The charset of one file.
     *
     * @param charset how to decode it
     * @param lineEnds how to find its lines
     * @param markBytes the length of the mark at its start in bytes
     */
    record Detected(Charset charset, LineEnds lineEnds, int markBytes) {}

    /** Charsets with a mark, and the charset of a file without one, as the JDK decodes them. */
    private static final Map<String, String> WITH_MARK = Map.of(
            "UTF-16", "UTF-16BE",
            "X-UTF-16LE-BOM", "UTF-16LE",
            "UTF-32", "UTF-32BE",
            "X-UTF-32BE-BOM", "UTF-32BE",
            "X-UTF-32LE-BOM", "UTF-32LE");

    private final String name;
    private final Charset charset;
    private final Set<String> marked;

    private FileCharset(String name, Charset charset, Set<String> marked) {
        this.name = name;
        this.charset = charset;
        this.marked = marked;
    }

    /**
     * Finds a charset by its name.
     *
     * @throws IllegalCharsetNameException if the name is not a legal charset name
     * @throws UnsupportedCharsetException if this JVM does not have the charset
     */
    static FileCharset of(String name) {
        Charset charset = Charset.forName(name);
        String unmarked = WITH_MARK.get(charset.name().toUpperCase(Locale.ROOT));
        if (unmarked == null) {
            return new FileCharset(charset.name(), charset, Set.of(charset.name()));
        }
        String family = unmarked.substring(0, unmarked.length() - 2);
        return new FileCharset(charset.name(), Charset.forName(unmarked), Set.of(family + "BE", family + "LE"));
    }

    String name() {
        return name;
    }

    /** Returns the charset of a file without a mark. */
    Charset unmarked() {
        return charset;
    }

    /**
     * Returns the charset that the file's mark names, or the configured one if there is no mark.
     *
     * @throws OtherCharsetException if the mark is of another charset
     */
    Detected detect(FileInput input) throws IOException {
        ByteOrderMark mark = ByteOrderMark.of(input);
        if (mark == null) {
            return detected(charset, 0);
        }
        if (!marked.contains(mark.charset())) {
            throw new OtherCharsetException(name, mark);
        }
        return detected(Charset.forName(mark.charset()), mark.bytes());
    }

    /** An error of the configured charset, not of reading: the file as a whole is refused. */
    static final class OtherCharsetException extends IOException {
        private static final long serialVersionUID = 1L;

        private OtherCharsetException(String declared, ByteOrderMark mark) {
            super("it begins with the byte order mark of " + mark.charset() + ", but is to be read as charset="
                    + declared
                    + ". Set charset=" + mark.family()
                    + ", in a connector of its own if there are also files in another charset");
        }

        /** Returns a reader that reports this error. */
        RecordReader reader() {
            return () -> new ReadResult.Broken("", String.valueOf(getMessage()));
        }
    }

    private static Detected detected(Charset charset, int markBytes) {
        return new Detected(charset, LineEnds.of(charset).orElseThrow(), markBytes);
    }

    /** Checks {@code charset}. */
    static final class Valid implements ConfigDef.Validator {
        @Override
        public void ensureValid(String key, @Nullable Object value) {
            FileCharset charset;
            try {
                charset = of(String.valueOf(value));
            } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
                throw new ConfigException(
                        key,
                        value,
                        "is no charset of this JVM. Take a name of the IANA registry, such as UTF-8, ISO-8859-1,"
                                + " windows-1252 or UTF-16.");
            }
            if (LineEnds.of(charset.charset).isEmpty()) {
                throw new ConfigException(
                        key,
                        value,
                        "has no line ends that can be found before decoding. Convert the files to UTF-8 first.");
            }
        }

        @Override
        public String toString() {
            return "a charset of this JVM";
        }
    }
}
