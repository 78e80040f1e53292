// SPDX-License-Identifier: Apache-2.0
package io.kurier.spi;

import java.util.List;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * Makes the spans of a publisher's messages and transactions. Both methods are called in the thread that publishes, so
 * that the caller's span can be the parent. An exception is logged, and the message is published without a span.
 */
public interface PublishTracer {

    /**
     * Begins the span of a message to a declared topic.
     *
     * @param topic the topic's name in Kafka
     * @param headers the headers of the message
     * @return the span, or null if there is none
     */
    @Nullable
    PublishSpan publish(String topic, List<Header> headers);

    /**
     * Begins the span of a transaction, before its callback is called on another thread.
     *
     * @param name what the transactional ids begin with
     * @return the span, or null if there is none
     */
    @Nullable
    TransactionSpan transaction(String name);
}
