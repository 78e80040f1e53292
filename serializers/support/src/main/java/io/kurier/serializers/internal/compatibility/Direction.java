// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.internal.compatibility;

/** Which of two versions of a schema reads what the other has written. */
public enum Direction {
    /** Readers with the new schema, records of the earlier one. */
    BACKWARD("backward", "a reader with the new schema has to read what that version wrote"),
    /** Readers with the earlier schema, records of the new one. */
    FORWARD("forward", "a reader with that version has to read what the new schema writes");

    private final String level;
    private final String meaning;

    Direction(String level, String meaning) {
        this.level = level;
        this.meaning = meaning;
    }

    /** Returns the word that registries have for it. */
    public String level() {
        return level;
    }

    /** Returns who has to read what, as the end of a sentence. */
    public String meaning() {
        return meaning;
    }

    /** Returns the one of two schemas that reads. */
    <S> S reader(S earlier, S next) {
        return this == BACKWARD ? next : earlier;
    }

    /** Returns the one of two schemas that writes. */
    <S> S writer(S earlier, S next) {
        return this == BACKWARD ? earlier : next;
    }

    /** Returns the one of two names of a rule that describes the change from the earlier schema to the new one. */
    String rule(String ifBackward, String ifForward) {
        return this == BACKWARD ? ifBackward : ifForward;
    }
}
