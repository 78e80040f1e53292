// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.text;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The characters that separate fields and rows of CSV, as code units of a charset. They are found before anything is
 * decoded, so that one malformed field spoils no other row and positions are exact. Immutable.
 *
 * @param unit the size of a code unit in bytes: 1, 2 or 4
 */
record CsvSigns(int unit, int quote, int delimiter, int carriageReturn, int lineFeed) {

    private static final int NONE = -1;

    /** Each charset is checked once, which takes as long as reading a small file. */
    private static final Map<String, Optional<CsvSigns>> KNOWN = new ConcurrentHashMap<>();

    /**
     * Returns the signs of a charset. Empty if a byte of another character may look like one of them, as in charsets
     * that shift between alphabets (ISO-2022-JP), or in which it is a part of one (the bar in Shift_JIS).
     *
     * @param charset one without byte order mark
     */
    static Optional<CsvSigns> of(Charset charset, char delimiter) {
        return KNOWN.computeIfAbsent(charset.name() + ' ' + delimiter, key -> find(charset, delimiter));
    }

    private static Optional<CsvSigns> find(Charset charset, char delimiter) {
        if (!charset.canEncode()) {
            return Optional.empty();
        }
        int unit = String.valueOf('\n').getBytes(charset).length;
        if (unit != 1 && unit != 2 && unit != 4) {
            return Optional.empty();
        }
        CsvSigns signs = new CsvSigns(
                unit,
                single('"', charset, unit),
                single(delimiter, charset, unit),
                single('\r', charset, unit),
                single('\n', charset, unit));
        boolean whole = signs.quote != NONE && signs.delimiter != NONE && signs.carriageReturn != NONE;
        return whole && signs.areOnlyThemselves(charset, delimiter) ? Optional.of(signs) : Optional.empty();
    }

    /** Returns the code unit that starts at an index. */
    int at(byte[] bytes, int index) {
        int value = 0;
        for (int i = 0; i < unit; i++) {
            value = value << 8 | bytes[index + i] & 0xFF;
        }
        return value;
    }

    private static int single(char character, Charset charset, int unit) {
        byte[] bytes = String.valueOf(character).getBytes(charset);
        return bytes.length == unit ? new CsvSigns(unit, 0, 0, 0, 0).at(bytes, 0) : NONE;
    }

    /** Checks every other character of the charset. */
    private boolean areOnlyThemselves(Charset charset, char separator) {
        CharsetEncoder encoder = charset.newEncoder();
        for (char c = 0; c < Character.MAX_VALUE; c++) {
            if (c == '"' || c == separator || c == '\r' || c == '\n' || !encoder.canEncode(c)) {
                continue;
            }
            byte[] bytes;
            try {
                ByteBuffer encoded = encoder.encode(CharBuffer.wrap(new char[] {c}));
                bytes = new byte[encoded.remaining()];
                encoded.get(bytes);
            } catch (CharacterCodingException e) {
                continue;
            }
            for (int i = 0; i + unit <= bytes.length; i += unit) {
                int found = at(bytes, i);
                if (found == quote || found == delimiter || found == carriageReturn || found == lineFeed) {
                    return false;
                }
            }
        }
        return true;
    }
}
