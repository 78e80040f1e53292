// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.send;

import io.kurier.PublishException;
import io.kurier.Receipt;
import io.kurier.TransactionException;
import io.kurier.core.internal.errors.SafeLogger;
import io.kurier.spi.PublishSpan;
import io.kurier.spi.PublishTracer;
import io.kurier.spi.TransactionSpan;
import java.util.List;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls a publisher's tracer. No method throws: a message is published and gets its outcome whatever a tracer does. */
public final class Tracing {
    private static final Logger LOG = LoggerFactory.getLogger(Tracing.class);
    private static final TransactionSpan.Scope NO_SCOPE = () -> {};

    private final @Nullable PublishTracer tracer;

    Tracing(@Nullable PublishTracer tracer) {
        this.tracer = tracer;
    }

    boolean isOn() {
        return tracer != null;
    }

    /** Begins the span of a message, and returns its metadata with the span and the headers of that. */
    MessageMetadata begin(String topic, MessageMetadata metadata) {
        if (tracer == null) {
            return metadata;
        }
        try {
            PublishSpan span = tracer.publish(topic, metadata.headers());
            if (span == null) {
                return metadata;
            }
            List<Header> headers = List.copyOf(span.headers());
            return new MessageMetadata(headers, metadata.partition(), metadata.timestamp(), span);
        } catch (Throwable e) {
            report(e);
            return metadata;
        }
    }

    static void stored(PublishSpan span, Receipt receipt, long nanos) {
        try {
            span.stored(receipt, nanos);
        } catch (Throwable e) {
            report(e);
        }
    }

    static void failed(PublishSpan span, PublishException failure, long nanos) {
        try {
            span.failed(failure, nanos);
        } catch (Throwable e) {
            report(e);
        }
    }

    /** Begins the span of a transaction; null if there is none. */
    @Nullable
    public TransactionSpan beginTransaction(String name) {
        try {
            return tracer == null ? null : tracer.transaction(name);
        } catch (Throwable e) {
            report(e);
            return null;
        }
    }

    /** Makes a span the current one of the calling thread, which ends by the scope's close. */
    public static TransactionSpan.Scope activate(@Nullable TransactionSpan span) {
        if (span == null) {
            return NO_SCOPE;
        }
        try {
            TransactionSpan.Scope scope = span.activate();
            return () -> close(scope);
        } catch (Throwable e) {
            report(e);
            return NO_SCOPE;
        }
    }

    private static void close(TransactionSpan.Scope scope) {
        try {
            scope.close();
        } catch (Throwable e) {
            report(e);
        }
    }

    /** Ends the span of a transaction, if there is one. */
    public static void ended(@Nullable TransactionSpan span, @Nullable TransactionException failure) {
        if (span == null) {
            return;
        }
        try {
            if (failure == null) {
                span.committed();
            } else {
                span.failed(failure);
            }
        } catch (Throwable e) {
            report(e);
        }
    }

    private static void report(Throwable thrown) {
        SafeLogger.error(LOG, thrown, "A tracer failed; the message or transaction is not affected");
    }
}
