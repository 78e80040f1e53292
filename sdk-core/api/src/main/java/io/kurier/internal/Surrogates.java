// SPDX-License-Identifier: Apache-2.0
package io.kurier.internal;

/**
 * Finds halves of surrogate pairs, for formats whose texts are UTF-8: it lacks them, and Java writes a question mark in
 * their place without a word, so that different keys become equal bytes.
 */
public final class Surrogates {
    private Surrogates() {}

    /** The index of the first half that stands alone, or -1 if there is none. */
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

    /** What an error says of such a text, without the text. */
    public static String describe(CharSequence text) {
        return "at index " + indexOfHalf(text) + " (of " + text.length()
                + ", counted from 0) stands one half of a surrogate pair, which is no character. The text may have been cut in"
                + " the middle of one";
    }
}
