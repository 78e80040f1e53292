// SPDX-License-Identifier: Apache-2.0
package io.kurier.opentelemetry;

import io.kurier.PublishException;
import io.kurier.Receipt;
import io.kurier.spi.PublishSpan;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.header.Header;

/** The span of a message, which ends when the outcome came, also if its thread gets to it later. */
final class MessageSpan implements PublishSpan {
    private final Span span;
    private final List<Header> headers;
    private final long begunAt;

    /**
     * Makes one of a span that is started.
     *
     * @param headers those of the message's records
     * @param begunAt the start of the span, in nanoseconds since the epoch
     */
    MessageSpan(Span span, List<Header> headers, long begunAt) {
        this.span = span;
        this.headers = headers;
        this.begunAt = begunAt;
    }

    @Override
    public List<Header> headers() {
        return headers;
    }

    @Override
    public void stored(Receipt receipt, long nanos) {
        span.setAttribute(Conventions.PARTITION, Integer.toString(receipt.partition()));
        if (receipt.hasOffset()) {
            span.setAttribute(Conventions.OFFSET, receipt.offset());
        }
        span.setAttribute(Conventions.BODY_SIZE, receipt.valueBytes());
        if (receipt.records() > 1) {
            span.setAttribute(Conventions.RECORDS, (long) receipt.records());
        }
        end(nanos);
    }

    /** Sets no description and records no exception: messages of exceptions can quote a payload. */
    @Override
    public void failed(PublishException failure, long nanos) {
        span.setStatus(StatusCode.ERROR);
        span.setAttribute(Conventions.ERROR_TYPE, Conventions.errorType(failure));
        span.setAttribute(Conventions.OUTCOME, failure.outcome().name());
        span.setAttribute(Conventions.STAGE, failure.stage().name());
        end(nanos);
    }

    private void end(long nanos) {
        span.end(begunAt + nanos, TimeUnit.NANOSECONDS);
    }
}
