// SPDX-License-Identifier: Apache-2.0
package io.kurier.internal;

/**
 * Finds unpaired surrogates, for formats that encode text as UTF-8. UTF-8 cannot represent them, and Java silently
 * writes a question mark in their place, so that different keys become equal bytes.
 */
public final class Surrogates {
    private Surrogates() {}

    /** Returns the index of the first unpaired surrogate, or -1 if there is none. */
    public static int indexOfHalf(CharSequence text) {
        int length = text.length();
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c)) {
                if (i + 1 == length || !Character.isSurrogatePair(c, text.charAt(i + 1))) {
                    return i;
                }
                i++;
            }
        }
        return -1;
    }

    /** Returns the description of a text with an unpaired surrogate for an error message, without the text. */
    public static String describe(CharSequence text) {
        return "at index " + indexOfHalf(text) + " (of " + text.length()
                + ", counted from 0) stands one half of a surrogate pair, which is no character. The text may have been cut in"
                + " the middle of one";
    }
}
