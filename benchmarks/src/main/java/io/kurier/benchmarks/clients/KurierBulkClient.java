// SPDX-License-Identifier: Apache-2.0
package io.kurier.benchmarks.clients;

import io.kurier.BulkReport;
import io.kurier.Message;
import io.kurier.Topic;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The publisher by {@code publishAll}: the report counts, in the place of a dependent of each future. */
public final class KurierBulkClient<K, V> extends KurierClient<K, V> {

    /** Starts a publisher, as {@link KurierClient} does. */
    public KurierBulkClient(Topic<K, V> topic, Map<String, String> config, Function<V, @Nullable K> key) {
        super("publishAll", topic, config, key);
    }

    @Override
    public void sendAll(V[] values, int from, int to, AckCounter heard, boolean dependent) {
        publishAll(new Messages(values, from, to)).thenAccept(report -> count(report, heard));
    }

    private static void count(BulkReport report, AckCounter heard) {
        heard.stored(report.stored());
        report.failures().forEach(failure -> heard.failure(failure.cause()));
        heard.failure(report.stoppedBy());
    }

    /** The values in turn, as messages. */
    private final class Messages implements Iterator<Message<K, V>> {
        private final V[] values;
        private final int to;
        private int at;

        Messages(V[] values, int from, int to) {
            this.values = values;
            this.at = from;
            this.to = to;
        }

        @Override
        public boolean hasNext() {
            return at < to;
        }

        @Override
        public Message<K, V> next() {
            if (at >= to) {
                throw new NoSuchElementException();
            }
            return message(values[at++ % values.length]);
        }
    }
}
