// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.files.internal;

import io.kurier.internal.Surrogates;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * Decodes text, and refuses bytes that {@code new String(bytes, charset)} would replace because they are not text in
 * the charset. Used by one thread.
 */
public final class StrictDecoder {

    /** Charsets whose JDK decoders never make half of a surrogate pair. */
    private static final Set<Charset> WELL_FORMED = Set.of(
            StandardCharsets.UTF_8,
            StandardCharsets.US_ASCII,
            StandardCharsets.ISO_8859_1,
            StandardCharsets.UTF_16LE,
            StandardCharsets.UTF_16BE);

    private final Charset charset;
    private final CharsetDecoder decoder;

    /** Creates a decoder of a charset. */
    public StrictDecoder(Charset charset) {
        this.charset = charset;
        this.decoder = charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
    }

    /**
     * Decodes bytes.
     *
     * @throws CharacterCodingException if the bytes are not text in the charset; its message names the place and shows
     *     nothing of the bytes
     */
    public String decode(byte[] bytes, int offset, int length) throws CharacterCodingException {
        // the JDK decodes into a String much faster than into a buffer; it marks what it replaced with U+FFFD
        String text = new String(bytes, offset, length, charset);
        if (text.indexOf('\uFFFD') >= 0) {
            text = decodeStrictly(ByteBuffer.wrap(bytes, offset, length), length);
        }
        if (!WELL_FORMED.contains(charset) && hasHalfPair(text)) {
            throw new UndecodableException("it contains half of a surrogate pair, which is no character");
        }
        return text;
    }

    /** Returns whether a text contains half of a surrogate pair: no charset can encode it, and most replace it. */
    public static boolean hasHalfPair(String text) {
        return Surrogates.indexOfHalf(text) >= 0;
    }

    private String decodeStrictly(ByteBuffer bytes, int length) throws CharacterCodingException {
        int start = bytes.position();
        CharBuffer chars = CharBuffer.allocate((int) Math.ceil(length * (double) decoder.maxCharsPerByte()) + 2);
        decoder.reset();
        CoderResult result = decoder.decode(bytes, chars, true);
        if (result.isUnderflow()) {
            result = decoder.flush(chars);
        }
        if (result.isError()) {
            throw new UndecodableException(
                    "byte " + (bytes.position() - start + 1) + " of it is not valid " + charset.name());
        }
        return chars.flip().toString();
    }

    private static final class UndecodableException extends CharacterCodingException {
        private final String message;

        UndecodableException(String message) {
            this.message = message;
        }

        @Override
        public String getMessage() {
            return message;
        }
    }
}
