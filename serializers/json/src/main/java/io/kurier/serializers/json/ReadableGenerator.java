// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.json;

import com.fasterxml.jackson.core.Base64Variant;
import com.fasterxml.jackson.core.JsonGenerationException;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.util.JsonGeneratorDelegate;
import io.kurier.internal.Surrogates;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;

/**
 * Refuses to write values that Jackson would refuse to read: its constraints on the length of numbers, names and texts
 * apply to parsers only. The wrapped generator limits the depth ({@code StreamWriteConstraints}).
 */
final class ReadableGenerator extends JsonGeneratorDelegate {
    /** A char takes at most this many bytes of UTF-8. */
    private static final int MOST_BYTES = 3;

    /** A parser stores names in groups of this many bytes, and counts whole groups. */
    private static final int NAME_GROUP = 4;

    /** A decimal digit has more than three bits. */
    private static final int DIGIT_BITS = 3;

    private final StreamReadConstraints constraints;
    private boolean raw;

    /** Reports that a name has an unpaired surrogate, which Jackson writes as an escape and refuses to read. */
    static final class CutNameException extends JsonGenerationException {
        private static final long serialVersionUID = 1L;

        private CutNameException(String name, JsonGenerator generator) {
            super("in a name, " + Surrogates.describe(name), generator);
        }
    }

    ReadableGenerator(JsonGenerator generator, StreamReadConstraints constraints) {
        super(generator, false);
        this.constraints = constraints;
    }

    /** Returns whether raw content was written that was not checked here. */
    boolean wroteRaw() {
        return raw;
    }

    @Override
    public void writeFieldName(String name) throws IOException {
        checkName(name);
        if (Surrogates.indexOfHalf(name) >= 0) {
            throw new CutNameException(name, this);
        }
        super.writeFieldName(name);
    }

    @Override
    public void writeFieldName(SerializableString name) throws IOException {
        // A constant of a class: it has no unpaired surrogates.
        checkName(name.getValue());
        super.writeFieldName(name);
    }

    @Override
    public void writeNumber(BigInteger number) throws IOException {
        if (number != null && number.bitLength() > DIGIT_BITS * constraints.getMaxNumberLength()) {
            constraints.validateIntegerLength(digits(number.toString()));
        }
        super.writeNumber(number);
    }

    @Override
    @SuppressWarnings("deprecation") // a mapper may still be configured with this feature
    public void writeNumber(BigDecimal number) throws IOException {
        if (number != null) {
            boolean plain = isEnabled(Feature.WRITE_BIGDECIMAL_AS_PLAIN);
            long letters =
                    number.unscaledValue().bitLength() / DIGIT_BITS + (plain ? Math.abs((long) number.scale()) : 20);
            if (letters > constraints.getMaxNumberLength()) {
                constraints.validateFPLength(digits(plain ? number.toPlainString() : number.toString()));
            }
        }
        super.writeNumber(number);
    }

    @Override
    public void writeNumber(String encoded) throws IOException {
        raw = true;
        super.writeNumber(encoded);
    }

    @Override
    public void writeNumber(char[] encoded, int offset, int length) throws IOException {
        raw = true;
        super.writeNumber(encoded, offset, length);
    }

    @Override
    public void writeString(String text) throws IOException {
        if (text != null) {
            constraints.validateStringLength(text.length());
        }
        super.writeString(text);
    }

    @Override
    public void writeString(char[] text, int offset, int length) throws IOException {
        constraints.validateStringLength(length);
        super.writeString(text, offset, length);
    }

    @Override
    public void writeString(SerializableString text) throws IOException {
        constraints.validateStringLength(text.getValue().length());
        super.writeString(text);
    }

    @Override
    public void writeString(Reader text, int length) throws IOException {
        raw = true;
        super.writeString(text, length);
    }

    @Override
    public void writeArray(String[] texts, int offset, int length) throws IOException {
        for (int i = offset; i < offset + length; i++) {
            constraints.validateStringLength(texts[i].length());
        }
        super.writeArray(texts, offset, length);
    }

    @Override
    public void writeRawUTF8String(byte[] text, int offset, int length) throws IOException {
        raw = true;
        super.writeRawUTF8String(text, offset, length);
    }

    @Override
    public void writeUTF8String(byte[] text, int offset, int length) throws IOException {
        raw = true;
        super.writeUTF8String(text, offset, length);
    }

    @Override
    public void writeBinary(Base64Variant variant, byte[] data, int offset, int length) throws IOException {
        raw |= length > constraints.getMaxStringLength() / 2;
        super.writeBinary(variant, data, offset, length);
    }

    @Override
    public int writeBinary(Base64Variant variant, InputStream data, int length) throws IOException {
        raw = true;
        return super.writeBinary(variant, data, length);
    }

    @Override
    public void writeRaw(String text) throws IOException {
        raw = true;
        super.writeRaw(text);
    }

    @Override
    public void writeRaw(String text, int offset, int length) throws IOException {
        raw = true;
        super.writeRaw(text, offset, length);
    }

    @Override
    public void writeRaw(SerializableString text) throws IOException {
        raw = true;
        super.writeRaw(text);
    }

    @Override
    public void writeRaw(char[] text, int offset, int length) throws IOException {
        raw = true;
        super.writeRaw(text, offset, length);
    }

    @Override
    public void writeRaw(char letter) throws IOException {
        raw = true;
        super.writeRaw(letter);
    }

    @Override
    public void writeRawValue(String text) throws IOException {
        raw = true;
        super.writeRawValue(text);
    }

    @Override
    public void writeRawValue(SerializableString text) throws IOException {
        raw = true;
        super.writeRawValue(text);
    }

    @Override
    public void writeRawValue(String text, int offset, int length) throws IOException {
        raw = true;
        super.writeRawValue(text, offset, length);
    }

    @Override
    public void writeRawValue(char[] text, int offset, int length) throws IOException {
        raw = true;
        super.writeRawValue(text, offset, length);
    }

    private void checkName(String name) throws IOException {
        if ((long) name.length() * MOST_BYTES + NAME_GROUP > constraints.getMaxNameLength()) {
            int bytes = name.getBytes(StandardCharsets.UTF_8).length;
            constraints.validateNameLength((bytes + NAME_GROUP - 1) / NAME_GROUP * NAME_GROUP);
        }
    }

    /** Counts the digits only, as a parser does. */
    private static int digits(String number) {
        return (int) number.chars().filter(Character::isDigit).count();
    }
}
