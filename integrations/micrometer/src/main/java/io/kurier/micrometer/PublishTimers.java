// SPDX-License-Identifier: Apache-2.0
package io.kurier.micrometer;

import io.kurier.Receipt;
import io.kurier.spi.FailedMessage;
import io.kurier.spi.PublishListener;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** The timers of one publisher: each topic's are looked up once, and kept. */
final class PublishTimers implements PublishListener {
    /** The tag of messages to topics that are not declared, whose names can be anything. */
    static final String UNDECLARED = "(undeclared)";

    /** The tag of declared topics beyond the limit. */
    static final String OTHER = "(other)";

    private final MeterRegistry registry;
    private final Tags tags;
    private final int mostTopics;
    private final Map<String, TopicTimers> byTopic = new ConcurrentHashMap<>();

    PublishTimers(MeterRegistry registry, Tags tags, int mostTopics) {
        this.registry = registry;
        this.tags = tags;
        this.mostTopics = mostTopics;
    }

    @Override
    public void stored(String alias, Receipt receipt, long nanos) {
        of(receipt.topic()).stored().record(nanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void failed(FailedMessage failed) {
        String topic = failed.physicalTopic();
        of(topic == null ? UNDECLARED : topic)
                .failed(failed.failure().outcome(), failed.failure().stage())
                .record(failed.nanos(), TimeUnit.NANOSECONDS);
    }

    private TopicTimers of(String topic) {
        TopicTimers known = byTopic.get(topic);
        return known == null ? add(topic) : known;
    }

    private synchronized TopicTimers add(String topic) {
        boolean isWithin = byTopic.size() < mostTopics || topic.equals(UNDECLARED);
        return byTopic.computeIfAbsent(isWithin ? topic : OTHER, name -> new TopicTimers(registry, tags, name));
    }
}
