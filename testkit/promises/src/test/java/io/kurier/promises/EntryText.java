// SPDX-License-Identifier: Apache-2.0
package io.kurier.promises;

import io.kurier.DeliveryHandle;
import io.kurier.Outcome;
import io.kurier.promises.Entry.Answer;
import io.kurier.promises.Entry.Ended;
import io.kurier.promises.Entry.Ending;
import io.kurier.promises.Entry.Failed;
import io.kurier.promises.Entry.Intent;
import io.kurier.promises.Entry.Receipted;
import io.kurier.promises.Entry.Resolved;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.kafka.common.Uuid;
import org.jspecify.annotations.Nullable;

/** Entries as words separated by spaces: a ledger can be read by people and searched by {@code grep}. */
final class EntryText {
    private static final String NONE = "-";

    private EntryText() {}

    /** Returns the words of an entry. */
    static String of(Entry entry) {
        if (entry instanceof Intent intent) {
            return "intent " + intent.message() + " " + intent.digest();
        } else if (entry instanceof Receipted receipted) {
            return "stored " + receipted.message() + " " + words(receipted.place());
        } else if (entry instanceof Failed failed) {
            return "failed " + failed.message() + " " + failed.outcome() + " " + words(failed.handle());
        } else if (entry instanceof Resolved resolved) {
            return "resolved " + resolved.message() + " " + resolved.answer() + " " + words(resolved.place());
        } else if (entry instanceof Ended ended) {
            return "ended " + ended.attempt() + " " + ended.ending();
        }
        throw new AssertionError(entry);
    }

    /**
     * Returns the entry of such words.
     *
     * @throws IllegalArgumentException if they are no entry
     */
    static Entry parse(String line) {
        Words words = new Words(line);
        String kind = words.next();
        return switch (kind) {
            case "intent" -> new Intent(message(words), words.next());
            case "stored" -> new Receipted(message(words), placed(words));
            case "failed" -> new Failed(message(words), Outcome.valueOf(words.next()), handle(words));
            case "resolved" -> new Resolved(message(words), Answer.valueOf(words.next()), place(words));
            case "ended" -> new Ended(words.next().intern(), Ending.valueOf(words.next()));
            default -> throw new IllegalArgumentException("no entry begins with " + kind);
        };
    }

    private static String words(@Nullable Place place) {
        return place == null ? NONE : place.topic() + " " + place.partition() + " " + place.offset();
    }

    private static @Nullable Place place(Words words) {
        return words.at(NONE) ? null : placed(words);
    }

    private static Place placed(Words words) {
        return new Place(words.next().intern(), words.integer(), words.number());
    }

    private static MessageId message(Words words) {
        // a ledger has few names and many messages
        return new MessageId(
                words.next().intern(),
                words.next().intern(),
                words.number(),
                words.next().intern());
    }

    private static String words(@Nullable DeliveryHandle handle) {
        if (handle == null) {
            return NONE;
        }
        String ids = handle.recordIds().stream().map(UUID::toString).collect(Collectors.joining(","));
        return handle.topic() + " " + (handle.topicId() == null ? NONE : handle.topicId()) + " " + handle.partition()
                + " " + (ids.isEmpty() ? NONE : ids) + " "
                + handle.timestamp() + " " + handle.offset() + " "
                + (handle.producer() == null ? NONE : handle.producer()) + " " + handle.failure();
    }

    private static @Nullable DeliveryHandle handle(Words words) {
        return words.at(NONE)
                ? null
                : new DeliveryHandle(
                        words.next(),
                        topicId(words.next()),
                        words.integer(),
                        ids(words.next()),
                        words.number(),
                        words.number(),
                        producer(words.next()),
                        words.number());
    }

    private static @Nullable Uuid topicId(String word) {
        return word.equals(NONE) ? null : Uuid.fromString(word);
    }

    private static List<UUID> ids(String word) {
        return word.equals(NONE)
                ? List.of()
                : Arrays.stream(word.split(",", -1)).map(UUID::fromString).toList();
    }

    private static @Nullable UUID producer(String word) {
        return word.equals(NONE) ? null : UUID.fromString(word);
    }

    /** The words of a line, one after the other. */
    private static final class Words {
        private final String[] words;
        private int next;

        Words(String line) {
            words = line.split(" ", -1);
        }

        String next() {
            if (next == words.length) {
                throw new IllegalArgumentException("the entry is too short: " + String.join(" ", words));
            }
            return words[next++];
        }

        boolean at(String word) {
            return next < words.length && words[next].equals(word);
        }

        long number() {
            return Long.parseLong(next());
        }

        int integer() {
            return Integer.parseInt(next());
        }
    }
}
