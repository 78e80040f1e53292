// SPDX-License-Identifier: Apache-2.0
package io.kurier.promises;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kurier.DeliveryHandle;
import io.kurier.Outcome;
import io.kurier.promises.Entry.Answer;
import io.kurier.promises.Entry.Ended;
import io.kurier.promises.Entry.Ending;
import io.kurier.promises.Entry.Failed;
import io.kurier.promises.Entry.Intent;
import io.kurier.promises.Entry.Receipted;
import io.kurier.promises.Entry.Resolved;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A ledger returns what was written, whatever a kill has left of its last line. */
class LedgerTest {
    private static final MessageId MESSAGE = new MessageId("orders", "k-1", 7, "2.31");
    private static final List<Entry> ENTRIES = List.of(
            new Intent(MESSAGE, Digest.of("v")),
            new Receipted(MESSAGE, new Place("orders", 2, 41)),
            new Failed(MESSAGE, Outcome.REJECTED, null),
            new Failed(
                    MESSAGE,
                    Outcome.UNKNOWN,
                    new DeliveryHandle(
                            "orders",
                            new Uuid(7, 8),
                            2,
                            List.of(new UUID(1, 2), new UUID(3, 4)),
                            1_700_000_000_000L,
                            -1,
                            new UUID(5, 6),
                            3)),
            new Failed(MESSAGE, Outcome.UNKNOWN, new DeliveryHandle("orders", null, 2, List.of(), 9, 40, null, 0)),
            new Resolved(MESSAGE, Answer.STORED, new Place("orders", 2, 41)),
            new Resolved(MESSAGE, Answer.NOT_STORED, null),
            new Ended("2.31", Ending.COMMITTED));

    @TempDir
    Path directory;

    @BeforeEach
    void write() throws IOException {
        try (Ledger ledger = Ledger.begin(directory, 1)) {
            ledger.writeDurably(ENTRIES);
        }
    }

    @Test
    void tellsWhatWasWrittenByEveryIncarnation() throws IOException {
        try (Ledger second = Ledger.begin(directory, 2)) {
            second.write(ENTRIES.get(0));
        }
        List<Entry> all = new ArrayList<>(ENTRIES);
        all.add(ENTRIES.get(0));
        assertThat(read()).isEqualTo(all);
    }

    @Test
    void ignoresALastLineThatIsTornAnywhere() throws IOException {
        byte[] whole = Files.readAllBytes(file());
        int beginOfLast = whole.length - 1;
        while (whole[beginOfLast - 1] != '\n') {
            beginOfLast--;
        }
        for (int length = beginOfLast; length < whole.length - 1; length++) {
            Files.write(file(), Arrays.copyOf(whole, length));
            assertThat(read()).as("torn after %s bytes", length).isEqualTo(ENTRIES.subList(0, ENTRIES.size() - 1));
        }
    }

    @Test
    void refusesALedgerThatIsDamagedInItsMiddle() throws IOException {
        byte[] bytes = Files.readAllBytes(file());
        bytes[bytes.length / 2] ^= 1;
        Files.write(file(), bytes);
        assertThatThrownBy(this::read)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("damaged in its middle");
    }

    private Path file() {
        return directory.resolve("00001.ledger");
    }

    private List<Entry> read() throws IOException {
        List<Entry> entries = new ArrayList<>();
        Ledger.readAll(directory, entries::add);
        return entries;
    }
}
