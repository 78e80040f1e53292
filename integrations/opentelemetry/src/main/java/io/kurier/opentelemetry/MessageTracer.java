// SPDX-License-Identifier: Apache-2.0
package io.kurier.opentelemetry;

import io.kurier.spi.PublishSpan;
import io.kurier.spi.PublishTracer;
import io.kurier.spi.TransactionSpan;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapPropagator;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** Makes the spans of one publisher. */
final class MessageTracer implements PublishTracer {
    private static final Clock CLOCK = Clock.systemUTC();

    private final Tracer tracer;
    private final TextMapPropagator propagator;
    private final Set<String> fields;
    private final String clientId;

    /** What the spans of a topic have in common. Only declared topics have spans, so there are few. */
    private final Map<String, OfTopic> byTopic = new ConcurrentHashMap<>();

    private record OfTopic(String name, Attributes attributes) {}

    MessageTracer(Tracer tracer, TextMapPropagator propagator, String clientId) {
        this.tracer = tracer;
        this.propagator = propagator;
        this.fields = Set.copyOf(propagator.fields());
        this.clientId = clientId;
    }

    @Override
    public @Nullable PublishSpan publish(String topic, List<Header> headers) {
        OfTopic common = byTopic.get(topic);
        if (common == null) {
            common = byTopic.computeIfAbsent(topic, this::ofTopic);
        }
        Context caller = Context.current();
        SpanContext given = headers.isEmpty() ? SpanContext.getInvalid() : contextIn(headers);
        long begunAt = epochNanos();
        SpanBuilder builder = tracer.spanBuilder(common.name())
                .setParent(caller)
                .setSpanKind(given.isValid() ? SpanKind.CLIENT : SpanKind.PRODUCER)
                .setAllAttributes(common.attributes())
                .setStartTimestamp(begunAt, TimeUnit.NANOSECONDS);
        if (given.isValid()) {
            builder.addLink(given);
        }
        Span span = builder.startSpan();
        List<Header> passed = given.isValid() ? headers : inject(caller.with(span), headers);
        if (span.isRecording()) {
            return new MessageSpan(span, passed, begunAt);
        }
        return passed == headers ? null : new UnrecordedSpan(passed);
    }

    private OfTopic ofTopic(String topic) {
        return new OfTopic(
                Conventions.SEND + " " + topic,
                Attributes.builder()
                        .put(Conventions.SYSTEM, Conventions.KAFKA)
                        .put(Conventions.OPERATION_NAME, Conventions.SEND)
                        .put(Conventions.OPERATION_TYPE, Conventions.SEND)
                        .put(Conventions.DESTINATION, topic)
                        .put(Conventions.CLIENT_ID, clientId)
                        .build());
    }

    /**
     * Returns the context of a span that the message has already, which it then keeps: a message that is forwarded, or
     * whose creation the application traces by itself.
     */
    private SpanContext contextIn(List<Header> headers) {
        for (Header header : headers) {
            if (fields.contains(header.key())) {
                Context found = propagator.extract(Context.root(), headers, HeaderGetter.INSTANCE);
                return Span.fromContext(found).getSpanContext();
            }
        }
        return SpanContext.getInvalid();
    }

    /** Returns the headers with a context; the same list, if the propagators add nothing. */
    private List<Header> inject(Context context, List<Header> headers) {
        HeaderWriter written = new HeaderWriter(headers);
        propagator.inject(context, written, HeaderWriter.SETTER);
        return written.headers();
    }

    private static long epochNanos() {
        Instant now = CLOCK.instant();
        return TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
    }

    @Override
    public TransactionSpan transaction(String name) {
        Context caller = Context.current();
        Span span = tracer.spanBuilder("transaction " + name)
                .setParent(caller)
                .setSpanKind(SpanKind.INTERNAL)
                .setAttribute(Conventions.SYSTEM, Conventions.KAFKA)
                .setAttribute(Conventions.CLIENT_ID, clientId)
                .startSpan();
        return new StartedTransaction(span, caller.with(span));
    }
}
