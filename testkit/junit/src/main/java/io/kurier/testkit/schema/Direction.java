// SPDX-License-Identifier: Apache-2.0
package io.kurier.testkit.schema;

/** Which of two versions of a schema reads what the other has written. */
enum Direction {
    BACKWARD("backward", "a reader with the new schema has to read what that version wrote"),
    FORWARD("forward", "a reader with that version has to read what the new schema writes");

    private final String level;
    private final String meaning;

    Direction(String level, String meaning) {
        this.level = level;
        this.meaning = meaning;
    }

    String level() {
        return level;
    }

    String meaning() {
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
