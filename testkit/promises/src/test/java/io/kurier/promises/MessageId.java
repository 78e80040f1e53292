// SPDX-License-Identifier: Apache-2.0
package io.kurier.promises;

import java.util.Optional;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Identifies one message, in the ledger and at the beginning of its own value, so that a record names the message that
 * it must be.
 *
 * @param topic the topic that the message is for
 * @param key the record's key
 * @param number counts the messages of the key, so it rises within a partition
 * @param attempt distinguishes repeated attempts with one number, since one may be aborted and the next committed
 */
record MessageId(String topic, String key, long number, String attempt) {
    /** The attempt of messages that are not part of a transaction, and are published only once. */
    static final String ONLY = "-";

    private static final Pattern HEAD = Pattern.compile("(\\S+) (\\S+) (\\d{1,18}) (\\S+) ");
    private static final int MAX_FILLER = 200;

    /**
     * Returns a value for this message, whose rest is random; the filler has at least the given number of characters.
     */
    String value(Random random, int filler) {
        StringBuilder value = new StringBuilder(this + " ");
        int end = value.length() + filler + random.nextInt(MAX_FILLER);
        while (value.length() < end) {
            value.append((char) ('a' + random.nextInt(26)));
        }
        return value.toString();
    }

    /** Returns the id in a value; empty if the value has none. */
    static Optional<MessageId> of(String value) {
        Matcher head = HEAD.matcher(value);
        return head.lookingAt()
                ? Optional.of(new MessageId(
                        head.group(1).intern(),
                        head.group(2).intern(),
                        Long.parseLong(head.group(3)),
                        head.group(4).intern()))
                : Optional.empty();
    }

    /** Returns its form in a value and in the ledger: four words. */
    @Override
    public String toString() {
        return topic + " " + key + " " + number + " " + attempt;
    }
}
