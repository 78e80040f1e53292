// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.internal;

import io.kurier.internal.EditDistance;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;

/**
 * The path to one field of a topic's values, the same in all formats: the name of a field, or the names of nested
 * records and of the field, joined by dots. Its errors are the same as well. Immutable.
 */
public final class FieldPath {
    private final List<String> names;

    private FieldPath(List<String> names) {
        this.names = names;
    }

    /**
     * Returns the path of a text.
     *
     * @throws ConfigException if a name is empty
     */
    public static FieldPath of(String text) {
        List<String> names = List.of(text.split("\\.", -1));
        if (names.stream().anyMatch(String::isBlank)) {
            throw new ConfigException("the path \"" + text + "\" names no field: write the name of a field, or names"
                    + " joined by dots for a field of a nested record, such as customer.id");
        }
        return new FieldPath(names);
    }

    /** Returns the number of names, at least one. */
    public int length() {
        return names.size();
    }

    /** Returns one of the names, counted from 0. */
    public String name(int level) {
        return names.get(level);
    }

    /**
     * Returns the problem of a record that has no field of the name.
     *
     * @param level the index of the name
     * @param record describes the record, such as {@code the record com.example.Order}
     * @param known the names of the fields that it has
     */
    public FieldProblem missing(int level, String record, Collection<String> known) {
        String name = name(level);
        String hint = nearest(name, known)
                .map(near -> ". Did you mean " + with(level, near) + "?")
                .orElse(known.isEmpty() ? "" : ". It has " + String.join(", ", known));
        return new FieldProblem(this, true, record + " has no field " + name + hint);
    }

    /** Returns the nearest name, if its distance is at most a third of its letters; case is ignored. */
    private static Optional<String> nearest(String name, Collection<String> known) {
        record Guess(String name, int errors) {}
        String typed = name.toLowerCase(Locale.ROOT);
        return known.stream()
                .filter(each -> Math.abs(each.length() - typed.length()) <= most(each))
                .map(each -> new Guess(each, EditDistance.between(typed, each.toLowerCase(Locale.ROOT))))
                .filter(guess -> guess.errors() <= most(guess.name()))
                .min(Comparator.comparingInt(Guess::errors).thenComparing(Guess::name))
                .map(Guess::name);
    }

    private static int most(String name) {
        return Math.max(1, name.length() / 3);
    }

    private String with(int level, String name) {
        List<String> corrected = new ArrayList<>(names);
        corrected.set(level, name);
        return String.join(".", corrected);
    }

    /**
     * Returns the problem of a value before the end of the path that has no fields.
     *
     * @param level the number of names that lead to the value; 0 if it is the whole one
     * @param kind what the value is, such as {@code a list}
     */
    public FieldProblem noFields(int level, String kind) {
        String place = level == 0 ? "the value" : String.join(".", names.subList(0, level));
        return new FieldProblem(this, false, place + " is " + kind + ", which has no fields");
    }

    /**
     * Returns the problem of a path that ends at a record.
     *
     * @param kind what it is, such as {@code a record}
     * @param known the names of its fields; empty if they are not known
     */
    public FieldProblem ofRecord(String kind, List<String> known) {
        return new FieldProblem(
                this,
                false,
                "it is " + kind + ". Name one of its fields"
                        + (known.isEmpty() ? "" : ", such as " + this + "." + known.get(0)));
    }

    /**
     * Returns the problem of a field of a kind that is not read.
     *
     * @param kind what it is, such as {@code a list}
     */
    public FieldProblem otherKind(String kind) {
        return new FieldProblem(
                this, false, "it is " + kind + ", and only text, whole numbers, booleans, bytes and enums can be read");
    }

    /**
     * Returns the error of a record whose value cannot be read.
     *
     * @param reason the end of a sentence, without a value
     */
    public SerializationException unreadable(String reason, @Nullable Throwable cause) {
        return new SerializationException("cannot read the field " + this + " of the value: " + reason, cause);
    }

    /** Returns the path as it was written. */
    @Override
    public String toString() {
        return String.join(".", names);
    }
}
