// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.text;

import io.kurier.internal.Surrogates;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnmappableCharacterException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.SerializationException;

/**
 * Converts between text and bytes and never replaces characters, as {@code String.getBytes} and {@code new String} do.
 *
 * <p>UTF-8 has a fast path through those two, whose loops are JVM intrinsics. Its result is checked for replacements,
 * and the slow path through a coder finds their place. Coders have state, so each conversion creates its own.
 */
record StrictCharset(Charset charset) {
    private static final char REPLACEMENT = '\uFFFD';

    static StrictCharset forReading(Charset charset) {
        return new StrictCharset(charset);
    }

    static StrictCharset forWriting(Charset charset) {
        if (!charset.canEncode()) {
            throw new ConfigException("text can be read from the charset " + charset + ", but not written in it:"
                    + " choose another one, such as UTF-8");
        }
        return new StrictCharset(charset);
    }

    byte[] encode(CharSequence text) {
        // One copy: a StringBuilder that another thread changes must not be read twice.
        String string = text.toString();
        if (charset.equals(StandardCharsets.UTF_8) && Surrogates.indexOfHalf(string) < 0) {
            return string.getBytes(StandardCharsets.UTF_8);
        }
        CharBuffer input = CharBuffer.wrap(string);
        try {
            ByteBuffer output = charset.newEncoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .encode(input);
            byte[] bytes = new byte[output.remaining()];
            output.get(bytes);
            return bytes;
        } catch (UnmappableCharacterException e) {
            throw new SerializationException(
                    "cannot write text in " + charset + ": the charset lacks the character at index " + input.position()
                            + " (of " + string.length()
                            + ", counted from 0). Choose a charset that has it: UTF-8 has all",
                    e);
        } catch (CharacterCodingException e) {
            throw new SerializationException(
                    "cannot write text in " + charset + ": at index " + input.position() + " (of " + string.length()
                            + ", counted from 0) stands one half of a surrogate pair, which is no character."
                            + " The text may have been cut in the middle of one",
                    e);
        }
    }

    String decode(ByteBuffer bytes) {
        if (charset.equals(StandardCharsets.UTF_8) && bytes.hasArray()) {
            String string = new String(
                    bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining(), StandardCharsets.UTF_8);
            // The text may contain a U+FFFD of its own: the slow path distinguishes the two.
            if (string.indexOf(REPLACEMENT) < 0) {
                return string;
            }
        }
        ByteBuffer input = bytes.slice();
        try {
            return charset.newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(input)
                    .toString();
        } catch (CharacterCodingException e) {
            throw new SerializationException(
                    "cannot read text in " + charset + ": the bytes are not in that charset at position "
                            + input.position() + " (of " + input.limit() + ", counted from 0)."
                            + " Set the charset in which they were written",
                    e);
        }
    }
}
