// SPDX-License-Identifier: Apache-2.0
package io.kurier.core;

import io.kurier.Outcome;
import io.kurier.Receipt;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Holds what publishing threads were told against what is in the log: the order of each key, nothing twice, nothing
 * lost that has a receipt, nothing there that was refused. A key belongs to one thread, which numbers its messages.
 */
final class OrderCheck {
    private final Map<Id, Given> given = new HashMap<>();
    private final Map<Id, Place> stored = new HashMap<>();
    private final Map<String, Place> lastOfKey = new HashMap<>();
    private final List<String> faults = new ArrayList<>();

    /** A message: the number counts all messages of the key's thread, so it rises within a key. */
    record Id(String key, long number) {}

    /** Where a record lies. */
    private record Place(long number, int partition, long offset) {}

    /** What the thread was told: a receipt or an outcome. */
    private record Given(
            @Nullable Receipt receipt, @Nullable Outcome outcome) {}

    void wasStored(Id message, Receipt receipt) {
        given.put(message, new Given(receipt, null));
    }

    void failed(Id message, Outcome outcome) {
        given.put(message, new Given(null, outcome));
    }

    /** A record of the log; to be called in the order of the offsets of each partition. */
    void read(Id message, int partition, long offset) {
        Place place = new Place(message.number(), partition, offset);
        Given told = given.get(message);
        if (told == null) {
            faults.add("nobody gave " + message + ", " + place);
        } else if (told.outcome() == Outcome.REJECTED || told.outcome() == Outcome.NOT_STORED) {
            faults.add(told.outcome() + ", and stored: " + message + ", " + place);
        }
        Place twin = stored.putIfAbsent(message, place);
        Place before = lastOfKey.put(message.key(), place);
        if (twin != null) {
            faults.add("twice: " + message + ", " + twin + " and " + place);
        } else if (before != null && before.partition() != partition) {
            faults.add("in two partitions: " + message + ", " + before + " and " + place);
        } else if (before != null && before.number() > message.number()) {
            faults.add("out of order: " + message + ", " + place + " is behind " + before);
        }
    }

    /** Everything that is wrong, once the whole log was read. */
    List<String> faults() {
        List<String> all = new ArrayList<>(faults);
        given.forEach((message, told) -> {
            Receipt receipt = told.receipt();
            if (receipt != null) {
                Place place = stored.get(message);
                if (place == null) {
                    all.add("lost: " + message + ", " + receipt);
                } else if (place.partition() != receipt.partition()
                        || receipt.hasOffset() && place.offset() != receipt.offset()) {
                    all.add("elsewhere: " + message + ", " + place + ", not " + receipt);
                }
            }
        });
        return all;
    }

    /** How many records were read. */
    int records() {
        return stored.size();
    }
}
