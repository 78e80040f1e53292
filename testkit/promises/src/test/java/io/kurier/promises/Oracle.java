// SPDX-License-Identifier: Apache-2.0
package io.kurier.promises;

import io.kurier.promises.Entry.Ended;
import io.kurier.promises.Entry.Ending;
import io.kurier.promises.Entry.Failed;
import io.kurier.promises.Entry.Intent;
import io.kurier.promises.Entry.Receipted;
import io.kurier.promises.Entry.Resolved;
import io.kurier.promises.Fate.Duty;
import io.kurier.promises.Report.Faults;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Compares the outcomes reported to publishing processes, according to their ledgers, with the records in the topics,
 * and returns a {@link Report}. It does not depend on Kurier's implementation and shares no process with what it
 * checks.
 *
 * <p>A message that was acknowledged, committed, or resolved as stored is there exactly once; one that was refused,
 * aborted, or resolved as not stored is not there; any other is there at most once. Numbers rise within a key. A record
 * is at the place that its receipt names, in the topic that it names, and with the value of its digest. Used once, by
 * one thread.
 */
final class Oracle {
    private final Map<MessageId, Fate> fates = new HashMap<>();
    private final Map<Place, MessageId> receipts = new HashMap<>();
    private final Map<String, Ending> endings = new HashMap<>();
    private final Map<MessageId, Place> firstPlaces = new HashMap<>();
    private final Map<String, Last> lastOfKey = new HashMap<>();
    private final Faults faults = new Faults();
    private int records;

    /** The highest number of a key so far, and its place. */
    private record Last(long number, Place place) {}

    private Oracle() {}

    /** Returns an oracle that has read the ledgers of all incarnations. */
    static Oracle of(Path ledgers) throws IOException {
        Oracle oracle = new Oracle();
        Ledger.readAll(ledgers, oracle::note);
        return oracle;
    }

    private void note(Entry entry) {
        if (entry instanceof Intent intent) {
            if (fates.put(intent.message(), new Fate(intent.digest())) != null) {
                throw new IllegalStateException("the ledgers name two messages " + intent.message());
            }
        } else if (entry instanceof Receipted receipted) {
            fate(receipted.message()).receipted(receipted.place());
            receipts.put(receipted.place(), receipted.message());
        } else if (entry instanceof Failed failed) {
            fate(failed.message()).failed(failed.outcome());
        } else if (entry instanceof Resolved resolved) {
            fate(resolved.message()).resolved(resolved);
        } else if (entry instanceof Ended ended) {
            endings.put(ended.attempt(), ended.ending());
        }
    }

    private Fate fate(MessageId message) {
        Fate fate = fates.get(message);
        if (fate == null) {
            throw new IllegalStateException("the ledgers tell an outcome of " + message + " and no intent");
        }
        return fate;
    }

    /** Checks a record; to be called in the order of the offsets of each partition. */
    void read(Stored record) {
        records++;
        String value = record.value();
        Optional<MessageId> named = value == null ? Optional.empty() : MessageId.of(value);
        Fate fate = named.map(fates::get).orElse(null);
        if (fate != null
                && value != null
                && named.get().key().equals(record.key())
                && fate.digest().equals(Digest.of(value))) {
            take(named.get(), fate, record.place());
        } else {
            MessageId receipted = receipts.get(record.place());
            altered(
                    record,
                    receipted != null
                            ? receipted
                            : named.filter(fates::containsKey).orElse(null));
        }
    }

    /**
     * Reports a record that is not as it was published, and the message that it is a remainder of, if that can be
     * determined.
     */
    private void altered(Stored record, @Nullable MessageId message) {
        if (message == null) {
            faults.add(Fault.ALTERED, record.place() + " has what nobody has published");
            return;
        }
        faults.add(Fault.ALTERED, record.place() + " is not as it was published: " + message);
        fate(message).saw(); // so it is not reported as lost too
    }

    private void take(MessageId message, Fate fate, Place place) {
        if (!message.topic().equals(place.topic())) {
            faults.add(Fault.ASTRAY, place + " has a message of another topic: " + message);
            return;
        }
        Ending ending = endings.get(message.attempt());
        fate.saw();
        if (fate.duty(ending) == Duty.MUST_NOT_BE_STORED) {
            faults.add(Fault.MISREPORTED, message + " is stored at " + place + ", and told was: " + fate.told(ending));
        }
        // whatever the attempt, a number of a key is one message to its readers
        MessageId once = new MessageId(message.topic(), message.key(), message.number(), MessageId.ONLY);
        Place twin = firstPlaces.putIfAbsent(once, place);
        if (twin != null) {
            faults.add(Fault.TWICE, message + " is stored at " + twin + " and at " + place);
            return;
        }
        Place told = fate.toldPlace();
        if (told != null && !place.fits(told)) {
            faults.add(Fault.MISREPORTED, message + " is stored at " + place + ", and told was: " + fate.told(ending));
        }
        order(message, place);
    }

    private void order(MessageId message, Place place) {
        String key = message.topic() + " " + message.key();
        Last last = lastOfKey.get(key);
        if (last != null && last.place().partition() != place.partition()) {
            faults.add(
                    Fault.REORDERED,
                    message + " at " + place + " is in another partition than its key's number " + last.number()
                            + " at " + last.place());
        } else if (last != null && last.number() > message.number()) {
            faults.add(
                    Fault.REORDERED,
                    message + " at " + place + " is behind its key's number " + last.number() + " at " + last.place());
        }
        if (last == null || last.number() < message.number()) {
            lastOfKey.put(key, new Last(message.number(), place));
        }
    }

    /** Returns the result, once every record was read. */
    Report report() {
        int must = 0;
        int mustNot = 0;
        for (Map.Entry<MessageId, Fate> entry : fates.entrySet()) {
            Fate fate = entry.getValue();
            Ending ending = endings.get(entry.getKey().attempt());
            Duty duty = fate.duty(ending);
            must += duty == Duty.MUST_BE_STORED ? 1 : 0;
            mustNot += duty == Duty.MUST_NOT_BE_STORED ? 1 : 0;
            if (duty == Duty.MUST_BE_STORED && !fate.isStored()) {
                faults.add(
                        fate.isPromisedBySearch() ? Fault.MISREPORTED : Fault.LOST,
                        entry.getKey() + " is not stored, and told was: " + fate.told(ending));
            }
        }
        return new Report(fates.size(), must, mustNot, records, faults.counts(), faults.examples());
    }
}
