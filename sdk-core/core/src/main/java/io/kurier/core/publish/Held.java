// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.publish;

import io.kurier.PublishException;
import io.kurier.Receipt;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A message of a transaction: that Kafka has acknowledged it settles nothing before the transaction has ended. */
final class Held extends Delivery.Timed {
    private final OpenTransaction transaction;

    /** Written by Kafka's I/O thread, read after the commit, which waits for that thread. */
    private volatile @Nullable Receipt receipt;

    private Held(Lane lane, OpenTransaction transaction) {
        super(lane);
        this.transaction = transaction;
    }

    static Held begin(Lane lane, OpenTransaction transaction) {
        lane.counts().accepted();
        return new Held(lane, transaction);
    }

    @Override
    void stored(Receipt newReceipt) {
        receipt = newReceipt;
    }

    @Override
    void failed(PublishException why) {
        transaction.failed(why);
    }

    /** Where it is, once it is acknowledged. */
    @Nullable
    Receipt receipt() {
        return receipt;
    }

    /** The transaction is committed. */
    void committed() {
        super.stored(Objects.requireNonNull(receipt, "Kafka commits what it has acknowledged"));
    }

    /** The transaction is not committed, or nobody knows. */
    void ended(PublishException why) {
        super.failed(why);
    }
}
