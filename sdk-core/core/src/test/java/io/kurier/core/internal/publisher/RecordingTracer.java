// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.publisher;

import io.kurier.ArrayHeaders;
import io.kurier.PublishException;
import io.kurier.Receipt;
import io.kurier.TransactionException;
import io.kurier.spi.Instrumentation;
import io.kurier.spi.PublishSpan;
import io.kurier.spi.PublishTracer;
import io.kurier.spi.TransactionSpan;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.common.header.Header;

/** A tracer that keeps what it is given, or throws. */
final class RecordingTracer implements Instrumentation, PublishTracer {
    static final String HEADER = "span";

    /** The calls that throw. */
    enum Throwing {
        NOTHING,
        BEGIN,
        HEADERS,
        END,
        ACTIVATE
    }

    final List<Span> spans = new CopyOnWriteArrayList<>();
    private final Throwing throwing;

    RecordingTracer(Throwing throwing) {
        this.throwing = throwing;
    }

    /** A span of a message or of a transaction. */
    final class Span implements PublishSpan, TransactionSpan {
        final String name;
        final Thread begunBy = Thread.currentThread();
        final List<String> ends = new CopyOnWriteArrayList<>();
        final List<Thread> activeIn = new CopyOnWriteArrayList<>();
        final List<Thread> endedBy = new CopyOnWriteArrayList<>();
        private final List<Header> headers;

        Span(String name, List<Header> given) {
            this.name = name;
            headers = new ArrayList<>(given);
            headers.add(
                    ArrayHeaders.header(HEADER, Integer.toString(spans.size()).getBytes(StandardCharsets.UTF_8)));
        }

        @Override
        public List<Header> headers() {
            fail(Throwing.HEADERS);
            return headers;
        }

        @Override
        public void stored(Receipt receipt, long nanos) {
            end("stored " + (nanos > 0));
        }

        @Override
        public void failed(PublishException failure, long nanos) {
            end("failed " + failure.outcome() + " " + (nanos > 0));
        }

        @Override
        public Scope activate() {
            fail(Throwing.ACTIVATE);
            activeIn.add(Thread.currentThread());
            return () -> activeIn.remove(Thread.currentThread());
        }

        @Override
        public void committed() {
            end("committed");
        }

        @Override
        public void failed(TransactionException failure) {
            end("failed " + failure.outcome());
        }

        private void end(String how) {
            ends.add(how);
            endedBy.add(Thread.currentThread());
            fail(Throwing.END);
        }
    }

    private void fail(Throwing at) {
        if (throwing == at) {
            throw new AssertionError("of the tracer, at " + at);
        }
    }

    @Override
    public PublishTracer tracer(String clientId) {
        return this;
    }

    @Override
    public PublishSpan publish(String topic, List<Header> headers) {
        return begin(topic, headers);
    }

    @Override
    public TransactionSpan transaction(String name) {
        return begin(name, List.of());
    }

    private Span begin(String name, List<Header> headers) {
        fail(Throwing.BEGIN);
        Span span = new Span(name, headers);
        spans.add(span);
        return span;
    }
}
