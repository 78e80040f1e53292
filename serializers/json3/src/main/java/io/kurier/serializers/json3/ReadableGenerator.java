// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.json3;

import io.kurier.internal.Surrogates;
import java.io.InputStream;
import java.io.Reader;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.Base64Variant;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.SerializableString;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.exc.StreamWriteException;
import tools.jackson.core.util.JsonGeneratorDelegate;

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
    static final class CutNameException extends StreamWriteException {
        private static final long serialVersionUID = 1L;

        private CutNameException(String name, JsonGenerator generator) {
            super(generator, "in a name, " + Surrogates.describe(name));
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
    public JsonGenerator writeName(String name) {
        checkName(name);
        if (Surrogates.indexOfHalf(name) >= 0) {
            throw new CutNameException(name, this);
        }
        return super.writeName(name);
    }

    @Override
    public JsonGenerator writeName(SerializableString name) {
        // A constant of a class: it has no unpaired surrogates.
        checkName(name.getValue());
        return super.writeName(name);
    }

    @Override
    public JsonGenerator writeNumber(BigInteger number) {
        if (number != null && number.bitLength() > DIGIT_BITS * constraints.getMaxNumberLength()) {
            constraints.validateIntegerLength(digits(number.toString()));
        }
        return super.writeNumber(number);
    }

    @Override
    public JsonGenerator writeNumber(BigDecimal number) {
        if (number != null) {
            boolean plain = isEnabled(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN);
            long letters =
                    number.unscaledValue().bitLength() / DIGIT_BITS + (plain ? Math.abs((long) number.scale()) : 20);
            if (letters > constraints.getMaxNumberLength()) {
                constraints.validateFPLength(digits(plain ? number.toPlainString() : number.toString()));
            }
        }
        return super.writeNumber(number);
    }

    @Override
    public JsonGenerator writeNumber(String encoded) {
        raw = true;
        return super.writeNumber(encoded);
    }

    @Override
    public JsonGenerator writeNumber(char[] encoded, int offset, int length) {
        raw = true;
        return super.writeNumber(encoded, offset, length);
    }

    @Override
    public JsonGenerator writeString(String text) {
        if (text != null) {
            constraints.validateStringLength(text.length());
        }
        return super.writeString(text);
    }

    @Override
    public JsonGenerator writeString(char[] text, int offset, int length) {
        constraints.validateStringLength(length);
        return super.writeString(text, offset, length);
    }

    @Override
    public JsonGenerator writeString(SerializableString text) {
        constraints.validateStringLength(text.getValue().length());
        return super.writeString(text);
    }

    @Override
    public JsonGenerator writeString(Reader text, int length) {
        raw = true;
        return super.writeString(text, length);
    }

    @Override
    public JsonGenerator writeArray(String[] texts, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            constraints.validateStringLength(texts[i].length());
        }
        return super.writeArray(texts, offset, length);
    }

    @Override
    public JsonGenerator writeRawUTF8String(byte[] text, int offset, int length) {
        raw = true;
        return super.writeRawUTF8String(text, offset, length);
    }

    @Override
    public JsonGenerator writeUTF8String(byte[] text, int offset, int length) {
        raw = true;
        return super.writeUTF8String(text, offset, length);
    }

    @Override
    public JsonGenerator writeBinary(Base64Variant variant, byte[] data, int offset, int length) {
        raw |= length > constraints.getMaxStringLength() / 2;
        return super.writeBinary(variant, data, offset, length);
    }

    @Override
    public int writeBinary(Base64Variant variant, InputStream data, int length) {
        raw = true;
        return super.writeBinary(variant, data, length);
    }

    @Override
    public JsonGenerator writeRaw(String text) {
        raw = true;
        return super.writeRaw(text);
    }

    @Override
    public JsonGenerator writeRaw(String text, int offset, int length) {
        raw = true;
        return super.writeRaw(text, offset, length);
    }

    @Override
    public JsonGenerator writeRaw(SerializableString text) {
        raw = true;
        return super.writeRaw(text);
    }

    @Override
    public JsonGenerator writeRaw(char[] text, int offset, int length) {
        raw = true;
        return super.writeRaw(text, offset, length);
    }

    @Override
    public JsonGenerator writeRaw(char letter) {
        raw = true;
        return super.writeRaw(letter);
    }

    @Override
    public JsonGenerator writeRawValue(String text) {
        raw = true;
        return super.writeRawValue(text);
    }

    @Override
    public JsonGenerator writeRawValue(SerializableString text) {
        raw = true;
        return super.writeRawValue(text);
    }

    @Override
    public JsonGenerator writeRawValue(String text, int offset, int length) {
        raw = true;
        return super.writeRawValue(text, offset, length);
    }

    @Override
    public JsonGenerator writeRawValue(char[] text, int offset, int length) {
        raw = true;
        return super.writeRawValue(text, offset, length);
    }

    private void checkName(String name) {
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
