// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.files.internal;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** The text of a field that becomes the key of a record. */
public final class KeyText {

    /** A number like 1e1000000 would be a text of a megabyte if all its digits were written. */
    private static final int MOST_ZEROS = 1_000;

    private KeyText() {}

    /**
     * Returns the text of a value: numbers with their decimal digits, without an exponent.
     *
     * @return the text; null if the value has none: null itself, objects, lists and bytes
     */
    public static @Nullable String of(@Nullable Object value) {
        if (value instanceof CharSequence || value instanceof Boolean || value instanceof BigInteger) {
            return value.toString();
        }
        if (value instanceof BigDecimal decimal) {
            return Math.abs((long) decimal.scale()) > MOST_ZEROS ? decimal.toString() : decimal.toPlainString();
        }
        if (value instanceof Double || value instanceof Float) {
            return Double.isFinite(((Number) value).doubleValue())
                    ? new BigDecimal(value.toString()).toPlainString()
                    : value.toString();
        }
        return value instanceof Number ? value.toString() : null;
    }
}
