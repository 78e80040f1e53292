// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.route;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kurier.Topic;
import io.kurier.spi.EncodedRecord;
import io.kurier.spi.Guard;
import io.kurier.spi.RecordPartitioner;
import java.util.List;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Headers are made for those who look at them, and for nobody else. */
class RouteHeadersTest {
    private static final Topic<String, String> ORDERS = Topic.of("orders", String.class, String.class);
    private static final byte[] ADDED = "added".getBytes(UTF_8);

    /** Adds a header, as those of schemas do; its descendants do so too. */
    private static class Labelled implements Serializer<String> {
        @Override
        public byte[] serialize(String topic, String value) {
            return value.getBytes(UTF_8);
        }

        @Override
        public byte[] serialize(String topic, Headers headers, String value) {
            headers.add("label", ADDED);
            return serialize(topic, value);
        }
    }

    private static final class StillLabelled extends Labelled {}

    @Test
    void thoseOfASerializerAreKept() {
        for (Serializer<String> labelled : List.of(new Labelled(), new StillLabelled())) {
            assertThat(value(route(new StringSerializer(), labelled, List.of(), null), List.of(), "label"))
                    .isEqualTo(ADDED);
            assertThat(value(route(labelled, new StringSerializer(), List.of(), null), List.of(), "label"))
                    .isEqualTo(ADDED);
        }
    }

    @Test
    void thoseOfAGuardAreKept() {
        Guard guard = record -> {
            record.headers().add("checked", ADDED);
            return record;
        };

        Route route = route(new StringSerializer(), new StringSerializer(), List.of(guard), null);

        assertThat(value(route, List.of(), "checked")).isEqualTo(ADDED);
    }

    @Test
    void aPartitionerIsGivenSomeOfItsOwn() {
        Route route = route(new StringSerializer(), new StringSerializer(), List.of(), (record, partitions) -> 0);

        assertThat(encode(route, List.of()).headers())
                .isNotSameAs(encode(route, List.of()).headers());
    }

    @Test
    void thoseOfTheMessageAreKeptWhereNobodyLooks() {
        Route route = route(new StringSerializer(), new StringSerializer(), List.of(), null);

        assertThat(value(route, List.of(new RecordHeader("trace", ADDED)), "trace"))
                .isEqualTo(ADDED);
    }

    @Test
    void whereNobodyLooksAllRecordsShareSomeThatStayEmpty() {
        Route route = route(new StringSerializer(), new StringSerializer(), List.of(), null);

        Headers shared = encode(route, List.of()).headers();

        assertThat(shared).isEmpty();
        assertThat(encode(route, List.of()).headers()).isSameAs(shared);
        assertThatThrownBy(() -> shared.add("late", ADDED)).isInstanceOf(IllegalStateException.class);
        assertThat(shared).isEmpty();
    }

    private static byte @Nullable [] value(Route route, List<Header> given, String header) {
        return route.guard(encode(route, given)).headers().lastHeader(header).value();
    }

    private static EncodedRecord encode(Route route, List<Header> given) {
        return route.encode(ORDERS, "k", "v", given);
    }

    private static Route route(
            Serializer<String> keys,
            Serializer<String> values,
            List<Guard> guards,
            @Nullable RecordPartitioner partitioner) {
        return new Route(
                "orders",
                "orders",
                null,
                new Encoder("orders", "key", "test", keys),
                new Encoder("orders", "value", "test", values),
                guards.stream()
                        .map(guard -> RouteGuard.of("orders", "test", false, guard))
                        .toList(),
                partitioner,
                null,
                null,
                null);
    }
}
