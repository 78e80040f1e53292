// SPDX-License-Identifier: Apache-2.0
package io.kurier;

/**
 * Refuses text that a header cannot hold. Names, and values that are text, are UTF-8, which cannot encode one half of a
 * surrogate pair: Java silently writes a question mark in its place.
 */
final class HeaderText {
    private HeaderText() {}

    /**
     * Returns the text unchanged.
     *
     * @param what the name of the text in the error, which does not show the text
     * @throws IllegalArgumentException if it has half of a surrogate pair
     */
    static String whole(String what, String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c)) {
                if (i + 1 == text.length() || !Character.isSurrogatePair(c, text.charAt(i + 1))) {
                    throw new IllegalArgumentException(what + ": at index " + i + " (of " + text.length()
                            + ", counted from 0) stands one half of a surrogate pair, which is no character. The text may"
                            + " have been cut in the middle of one");
                }
                i++;
            }
        }
        return text;
    }
}
