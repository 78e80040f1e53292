// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.text;

import io.kurier.plugins.files.FileInput;
import io.kurier.plugins.files.LineEnds;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/**
 * The charset of files as configuration declares it. The charsets whose byte order a file tells itself by a mark at its
 * start (RFC 2781, section 3.3) are resolved for each file, because lines are decoded one by one and only the first
 * would have the mark.
 */
final class FileCharset {

    /** The charset of one file: how to decode and to find its lines, and how long the mark at its start is. */
    record Detected(Charset charset, LineEnds lineEnds, int markBytes) {}

    /** Charsets with a mark, and what a file without one is, as the JDK decodes them. */
    private static final Map<String, String> WITH_MARK = Map.of(
            "UTF-16", "UTF-16BE",
            "X-UTF-16LE-BOM", "UTF-16LE",
            "UTF-32", "UTF-32BE",
            "X-UTF-32BE-BOM", "UTF-32BE",
            "X-UTF-32LE-BOM", "UTF-32LE");

    private static final Map<String, int[]> MARKS = Map.of(
            "UTF-16BE", new int[] {0xFE, 0xFF},
            "UTF-16LE", new int[] {0xFF, 0xFE},
            "UTF-32BE", new int[] {0, 0, 0xFE, 0xFF},
            "UTF-32LE", new int[] {0xFF, 0xFE, 0, 0});

    private final String name;
    private final Charset charset;
    private final List<String> candidates;

    private FileCharset(String name, Charset charset, List<String> candidates) {
        this.name = name;
        this.charset = charset;
        this.candidates = candidates;
    }

    /**
     * Finds a charset by its name.
     *
     * @throws IllegalCharsetNameException if it is no name of a charset
     * @throws UnsupportedCharsetException if this JVM does not have the charset
     */
    static FileCharset of(String name) {
        Charset charset = Charset.forName(name);
        String unmarked = WITH_MARK.get(charset.name().toUpperCase(Locale.ROOT));
        if (unmarked == null) {
            return new FileCharset(charset.name(), charset, List.of());
        }
        String family = unmarked.substring(0, unmarked.length() - 2);
        return new FileCharset(charset.name(), Charset.forName(unmarked), List.of(family + "BE", family + "LE"));
    }

    String name() {
        return name;
    }

    Detected detect(FileInput input) throws IOException {
        for (String candidate : candidates) {
            int[] mark = MARKS.getOrDefault(candidate, new int[0]);
            if (startsWith(input, mark)) {
                return detected(Charset.forName(candidate), mark.length);
            }
        }
        return detected(charset, 0);
    }

    private static Detected detected(Charset charset, int markBytes) {
        return new Detected(charset, LineEnds.of(charset).orElseThrow(), markBytes);
    }

    private static boolean startsWith(FileInput input, int[] mark) throws IOException {
        input.seek(0);
        for (int expected : mark) {
            if (input.read() != expected) {
                return false;
            }
        }
        return true;
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
