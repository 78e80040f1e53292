// SPDX-License-Identifier: Apache-2.0
package io.kurier.opentelemetry;

import io.kurier.PublishException;
import io.kurier.Receipt;
import io.kurier.spi.PublishSpan;
import java.util.List;
import org.apache.kafka.common.header.Header;

/**
 * The span of a message that no sampler has chosen: only its context goes on.
 *
 * @param headers those of the message's records
 */
record UnrecordedSpan(List<Header> headers) implements PublishSpan {

    @Override
    public void stored(Receipt receipt, long nanos) {}

    @Override
    public void failed(PublishException failure, long nanos) {}
}
