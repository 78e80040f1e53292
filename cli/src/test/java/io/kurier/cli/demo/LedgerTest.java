// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class LedgerTest {
    private static final TopicPartition ZERO = new TopicPartition("demo", 0);
    private static final TopicPartition ONE = new TopicPartition("demo", 1);
    private static final ContentHash A = new ContentHash(1, 1);
    private static final ContentHash B = new ContentHash(2, 2);

    private final Ledger ledger = new Ledger();

    @Test
    void hasNothingToSayWhenAllComesBack() {
        ledger.sent(0, 0, A);
        ledger.sent(0, 1, B);
        ledger.sent(1, 0, A);
        ledger.read(ZERO, 0, A);
        ledger.read(ZERO, 1, B);
        ledger.read(ONE, 0, A);
        assertThat(ledger.differences()).isEmpty();
    }

    @Test
    void tellsOfARecordThatIsLost() {
        ledger.sent(0, 0, A);
        ledger.sent(0, 1, B);
        ledger.read(ZERO, 0, A);
        assertThat(ledger.differences()).containsExactly("partition 0, offset 1: sent and not found");
    }

    @Test
    void tellsOfARecordThatIsThereTwice() {
        ledger.sent(0, 0, A);
        ledger.read(ZERO, 0, A);
        ledger.read(ZERO, 1, A);
        assertThat(ledger.differences()).containsExactly("demo-0, offset 1: a record that this demo did not send");
    }

    @Test
    void tellsOfAnOffsetThatIsReadTwice() {
        ledger.sent(0, 0, A);
        ledger.read(ZERO, 0, A);
        ledger.read(ZERO, 0, A);
        assertThat(ledger.differences()).containsExactly("demo-0, offset 0: a record that this demo did not send");
    }

    @Test
    void tellsOfTwoRecordsThatHaveChangedPlaces() {
        ledger.sent(0, 0, A);
        ledger.sent(0, 1, B);
        ledger.read(ZERO, 0, B);
        ledger.read(ZERO, 1, A);
        assertThat(ledger.differences())
                .containsExactly(
                        "demo-0, offset 0: not the value that was sent",
                        "demo-0, offset 1: not the value that was sent");
    }

    @Test
    void tellsOfARecordInAnotherPartition() {
        ledger.sent(0, 0, A);
        ledger.read(ONE, 0, A);
        assertThat(ledger.differences())
                .containsExactly(
                        "demo-1, offset 0: a record that this demo did not send",
                        "partition 0, offset 0: sent and not found");
    }

    @Test
    void tellsOfAValueThatCannotBeDeserialized() {
        ledger.sent(0, 0, A);
        ledger.read(ZERO, 0, null);
        assertThat(ledger.differences()).containsExactly("demo-0, offset 0: it cannot be deserialized");
    }

    @Test
    void tellsOfTwoReceiptsForOnePlace() {
        ledger.sent(0, 0, A);
        ledger.sent(0, 0, B);
        ledger.read(ZERO, 0, A);
        assertThat(ledger.differences()).containsExactly("partition 0, offset 0: two receipts name it");
    }

    @Test
    void findsTheRecordOfAReceiptWithoutOffsetByItsValue() {
        ledger.sent(0, -1, A);
        ledger.sent(0, -1, B);
        ledger.read(ZERO, 7, A);
        assertThat(ledger.differences()).containsExactly("a record whose receipt had no offset was sent and not found");
    }

    @Test
    void namesAThousandDifferencesAndCountsTheRest() {
        for (int offset = 0; offset < Differences.MOST_NAMED + 5; offset++) {
            ledger.sent(0, offset, A);
        }
        assertThat(ledger.differences())
                .hasSize(Differences.MOST_NAMED + 1)
                .last()
                .isEqualTo("and 5 more differences");
    }
}
