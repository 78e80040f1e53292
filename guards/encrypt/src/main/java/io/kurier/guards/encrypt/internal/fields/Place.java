// SPDX-License-Identifier: Apache-2.0
package io.kurier.guards.encrypt.internal.fields;

/**
 * Where a field is in a value: the names that lead to it, joined by dots, with indexes and keys where lists and maps
 * are on the way, such as {@code items[2].sku} and {@code notes["a"].text}. Immutable.
 *
 * @param exact what the field's envelope is bound to
 * @param shown the same for messages: with {@code *} in place of the keys of maps, which are values
 */
public record Place(String exact, String shown) {
    /** The whole value. */
    public static final Place WHOLE = new Place("", "");

    /** Returns the place of a field of the record at this place. */
    public Place field(String name) {
        return new Place(join(exact, name), join(shown, name));
    }

    private static String join(String before, String name) {
        return before.isEmpty() ? name : before + "." + name;
    }

    /** Returns the place of an element of the list at this place, counted from 0. */
    public Place index(int index) {
        String step = "[" + index + "]";
        return new Place(exact + step, shown + step);
    }

    /** Returns the place of a value of the map at this place. */
    public Place key(String key) {
        String step = "[\"" + key.replace("\\", "\\\\").replace("\"", "\\\"") + "\"]";
        return new Place(exact + step, shown + "[*]");
    }

    /** Returns the place in words: a name, or {@code the value}. */
    @Override
    public String toString() {
        return shown.isEmpty() ? "the value" : shown;
    }
}
