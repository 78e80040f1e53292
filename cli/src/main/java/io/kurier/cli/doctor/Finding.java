// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli.doctor;

import java.util.Locale;

/**
 * One result of an examination. No text has a secret in it.
 *
 * @param severity how much it matters
 * @param check the check, which stays the same from version to version, such as {@code topic-missing}
 * @param where the key, topic, broker or file that it is about
 * @param what what was found
 * @param why why it matters; empty if that is clear, or it is in order
 * @param advice what to do; empty if it is in order
 */
public record Finding(Severity severity, String check, String where, String what, String why, String advice) {

    /** How much a finding matters. */
    public enum Severity {
        /** A start fails, or records are or can be lost or refused. */
        PROBLEM,
        /** It works, and can fail later; or it could not be found out. */
        WARNING,
        /** In order. */
        OK;

        /** Returns the word for people and programs. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
