// SPDX-License-Identifier: Apache-2.0
package io.kurier.benchmarks.steady;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One client's way to send a record and to hear of its acknowledgment. */
interface Client extends AutoCloseable {

    /** Its name in the report. */
    String name();

    /** The topic that only this client writes to. */
    String topic();

    /**
     * Sends a record.
     *
     * @param outcome told once: null for an acknowledgment, else the failure
     */
    void send(byte[] value, Consumer<@Nullable Throwable> outcome);

    @Override
    void close();
}
