// SPDX-License-Identifier: Apache-2.0
package io.kurier.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.kurier.Outcome;
import io.kurier.Receipt;
import io.kurier.core.OrderCheck.Id;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** The checker sees what it is there to see. */
class OrderCheckTest {
    private final OrderCheck check = new OrderCheck();

    @Test
    void isContentWithAnOrderlyLog() {
        giveFour();
        check.failed(message(4), Outcome.REJECTED);
        check.failed(message(5), Outcome.UNKNOWN);
        check.failed(message(6), Outcome.UNKNOWN);
        readInThisOrder(0, 1, 2, 3, 6);

        assertThat(check.faults()).isEmpty();
        assertThat(check.records()).isEqualTo(5);
    }

    @Test
    void findsASwap() {
        giveFour();
        readInThisOrder(0, 2, 1, 3);

        assertThat(check.faults())
                .anySatisfy(fault -> assertThat(fault).startsWith("out of order: Id[key=k, number=1]"))
                .anySatisfy(fault -> assertThat(fault).startsWith("elsewhere: Id[key=k, number=2]"));
    }

    @Test
    void findsASwapWhereTheOffsetsWereNotTold() {
        LongStream.range(0, 4).forEach(number -> check.wasStored(message(number), receipt(-1)));
        readInThisOrder(0, 2, 1, 3);

        assertThat(check.faults()).singleElement().asString().startsWith("out of order: Id[key=k, number=1]");
    }

    @Test
    void findsADuplicate() {
        giveFour();
        readInThisOrder(0, 1, 2, 3, 3);

        assertThat(check.faults()).singleElement().asString().startsWith("twice: Id[key=k, number=3]");
    }

    @Test
    void findsALoss() {
        giveFour();
        readInThisOrder(0, 1, 2);

        assertThat(check.faults()).singleElement().asString().startsWith("lost: Id[key=k, number=3]");
    }

    @Test
    void findsARefusedMessageInTheLog() {
        giveFour();
        check.failed(message(4), Outcome.REJECTED);
        readInThisOrder(0, 1, 2, 3, 4);

        assertThat(check.faults()).singleElement().asString().startsWith("REJECTED, and stored: Id[key=k, number=4]");
    }

    @Test
    void findsAKeyInTwoPartitions() {
        giveFour();
        readInThisOrder(0, 1, 2);
        check.read(message(3), 1, 3);

        assertThat(check.faults()).anySatisfy(fault -> assertThat(fault).startsWith("in two partitions"));
    }

    @Test
    void findsARecordThatNobodyGave() {
        giveFour();
        readInThisOrder(0, 1, 2, 3, 4);

        assertThat(check.faults()).singleElement().asString().startsWith("nobody gave Id[key=k, number=4]");
    }

    private void giveFour() {
        LongStream.range(0, 4).forEach(number -> check.wasStored(message(number), receipt(number)));
    }

    private void readInThisOrder(long... numbers) {
        for (int offset = 0; offset < numbers.length; offset++) {
            check.read(message(numbers[offset]), 0, offset);
        }
    }

    private static Id message(long number) {
        return new Id("k", number);
    }

    private static Receipt receipt(long offset) {
        return new Receipt("t", 0, offset, 0, 1, 1);
    }
}
