// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.config;

import io.kurier.Printable;
import io.kurier.StartException;
import io.kurier.core.internal.errors.ThrowableText;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads a properties file in UTF-8 and keeps each key's line, which {@link Properties} does not keep. */
public final class PropertiesFile {
    /** The part of a line that is the key. */
    private static final Pattern KEY = Pattern.compile("[\\w.-]+");

    private static final char BYTE_ORDER_MARK = '\uFEFF';

    /** The maximum number of bytes that are read of a file. */
    static final int LARGEST = 1 << 20;

    private final String name;
    private final List<Line> lines;

    /** A line, and whether its bytes are UTF-8. */
    private record Line(String text, boolean isUtf8) {}

    private PropertiesFile(String name, List<Line> lines) {
        this.name = name;
        this.lines = lines;
    }

    /**
     * Returns the settings of a file, in its order. A line that cannot be read is a setting with a defect, so that it
     * is reported together with everything else.
     *
     * @throws StartException if the file cannot be read
     */
    public static List<Setting> read(Path file) {
        try {
            if (Files.isDirectory(file)) {
                throw new StartException(shown(file) + ": a directory; name a properties file", null);
            }
            if (Files.exists(file) && !Files.isRegularFile(file)) {
                throw new StartException(shown(file) + ": not a regular file; name a properties file", null);
            }
            return new PropertiesFile(Printable.of(String.valueOf(file.getFileName())), lines(bytes(file)))
                    .settings().stream()
                            .map(setting -> setting.in(file.toAbsolutePath()))
                            .toList();
        } catch (NoSuchFileException e) {
            throw new StartException(shown(file) + ": no such file; name a properties file", e);
        } catch (IOException e) {
            throw new StartException(shown(file) + ": cannot be read: " + ThrowableText.of(e), e);
        }
    }

    /** Limits the size: a pipe or a device may never end, and a file of any size would be in memory several times. */
    private static byte[] bytes(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(LARGEST + 1);
            if (bytes.length > LARGEST) {
                throw new StartException(
                        shown(file) + ": larger than " + (LARGEST >> 20) + " MiB, which no properties file is", null);
            }
            return bytes;
        }
    }

    private static String shown(Path file) {
        return Printable.of(file.toString());
    }

    /** Splits at bytes: in UTF-8 no byte of a multi-byte character equals a line terminator. */
    private static List<Line> lines(byte[] bytes) {
        List<Line> lines = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '\n' || bytes[i] == '\r') {
                lines.add(line(bytes, start, i));
                i += bytes[i] == '\r' && i + 1 < bytes.length && bytes[i + 1] == '\n' ? 1 : 0;
                start = i + 1;
            }
        }
        lines.add(line(bytes, start, bytes.length));
        return lines;
    }

    private static Line line(byte[] bytes, int start, int end) {
        Line line;
        try {
            ByteBuffer part = ByteBuffer.wrap(bytes, start, end - start);
            line = new Line(StandardCharsets.UTF_8.newDecoder().decode(part).toString(), true);
        } catch (CharacterCodingException e) {
            line = new Line(new String(bytes, start, end - start, StandardCharsets.UTF_8), false);
        }
        return start == 0 && line.text().indexOf(BYTE_ORDER_MARK) == 0
                ? new Line(line.text().substring(1), line.isUtf8())
                : line;
    }

    private List<Setting> settings() {
        List<Setting> settings = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            int first = i;
            boolean isUtf8 = lines.get(i).isUtf8();
            StringBuilder logical = new StringBuilder(lines.get(i).text());
            while (continues(lines.get(i).text()) && i + 1 < lines.size()) {
                logical.append('\n').append(lines.get(++i).text());
                isUtf8 &= lines.get(i).isUtf8();
            }
            Setting setting = setting(logical.toString(), isUtf8, name + ":" + (first + 1));
            if (setting != null) {
                settings.add(setting);
            }
        }
        return settings;
    }

    /**
     * Returns whether a line ends in an odd number of backslashes and is not a comment: then the next line continues
     * it.
     */
    private static boolean continues(String line) {
        if (isComment(line)) {
            return false;
        }
        int backslashes = 0;
        while (backslashes < line.length() && line.charAt(line.length() - 1 - backslashes) == '\\') {
            backslashes++;
        }
        return backslashes % 2 == 1;
    }

    private static boolean isComment(String line) {
        String stripped = line.stripLeading();
        return stripped.startsWith("#") || stripped.startsWith("!");
    }

    /** Returns the setting of a line, or null if the line is empty or a comment. */
    private static @Nullable Setting setting(String logicalLine, boolean isUtf8, String source) {
        if (!isUtf8) {
            return isComment(logicalLine)
                    ? null
                    : Setting.defective(key(logicalLine), source, "the line is not UTF-8. Save the file in UTF-8.");
        }
        Properties one = new Properties();
        try {
            one.load(new StringReader(logicalLine));
        } catch (IllegalArgumentException e) {
            return Setting.defective(
                    key(logicalLine),
                    source,
                    "\\u must be followed by four hexadecimal digits. Write two backslashes for one.");
        } catch (IOException e) {
            throw new UncheckedIOException("a string cannot fail to be read", e);
        }
        return one.entrySet().stream()
                .findFirst()
                .map(entry -> new Setting((String) entry.getKey(), ((String) entry.getValue()).strip(), source))
                .orElse(null);
    }

    private static String key(String line) {
        Matcher start = KEY.matcher(line.stripLeading());
        return start.lookingAt() ? start.group() : "";
    }
}
