// SPDX-License-Identifier: Apache-2.0
package io.kurier.core;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kurier.Message;
import io.kurier.Outcome;
import io.kurier.PublishException;
import io.kurier.Publisher;
import io.kurier.Receipt;
import io.kurier.Stage;
import io.kurier.StartException;
import io.kurier.Topic;
import io.kurier.TopicPublisher;
import io.kurier.TypeRef;
import io.kurier.core.internal.publisher.ScriptedTransport;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A topic that code has declared takes messages of its declared types only, whichever constant carries its alias. */
@Timeout(60)
class TopicTypesTest {
    private static final Topic<String, String> ONE = Topic.of("one", String.class, String.class);
    private static final Topic<String, Map<String, List<Integer>>> MAPS =
            Topic.of("maps", TypeRef.of(String.class), new TypeRef<>() {});

    private final ScriptedTransport transport = new ScriptedTransport();
    private final Publisher publisher = Kurier.builder()
            .set(Map.of(
                    "bootstrap.servers", "127.0.0.1:1",
                    "producer.metric.reporters", "",
                    "application.id", "types",
                    "topics", "one,maps,free",
                    "topics.one.value.serializer", "text",
                    "topics.maps.value.serializer", "text",
                    "topics.free.value.serializer", "text"))
            .topics(ONE, MAPS)
            .transport(config -> transport)
            .start();

    @AfterEach
    void close() {
        assertThat(publisher.close(Duration.ofSeconds(10)).open()).isZero();
    }

    static Stream<Topic<String, ?>> others() {
        return Stream.of(
                Topic.of("one", String.class, Object.class),
                Topic.of("one", String.class, Integer.class),
                Topic.of("one", String.class, CharSequence.class));
    }

    @ParameterizedTest
    @MethodSource("others")
    @SuppressWarnings("unchecked") // the value would fit, and the types are another's all the same
    void refusesAnotherTypeWhateverTheValueIs(Topic<String, ?> topic) {
        Topic<String, Object> other = (Topic<String, Object>) topic;
        String types =
                "topic one, ROUTE, REJECTED: declared as <java.lang.String, java.lang.String>, and the caller's topic"
                        + " is <java.lang.String, " + other.valueType() + ">";

        for (CompletableFuture<Receipt> future : List.of(
                publisher.publish(other, "k", "v"),
                publisher.tryPublish(other, "k", "v"),
                publisher.publish(Message.of(other, "k", "v").withTimestamp(1)),
                publisher.tryPublish(Message.of(other, null, null)),
                TopicPublisher.of(publisher, other).publish("k", "v"))) {
            PublishException failure = failure(future);
            assertThat(failure).hasMessageContaining(types);
            assertThat(failure.stage()).isEqualTo(Stage.ROUTE);
            assertThat(failure.outcome()).isEqualTo(Outcome.REJECTED);
            assertThat(failure.retriable()).isFalse();
        }
        assertThat(transport.taken()).isEmpty();
    }

    @Test
    void refusesAnotherTypeOfKeys() {
        assertThat(failure(publisher.publish(Topic.of("one", Integer.class, String.class), 7, "v")))
                .hasMessageContaining("<java.lang.Integer, java.lang.String>");
    }

    @Test
    void refusesAMessageOfAnotherTypeInATopicPublisher() {
        @SuppressWarnings({"unchecked", "rawtypes"}) // what callers do who cast
        Message<String, String> other = (Message) Message.of(Topic.of("one", String.class, Object.class), "k", "v");

        assertThat(failure(TopicPublisher.of(publisher, ONE).publish(other)))
                .hasMessageContaining("this publishes <java.lang.String, java.lang.String>, and the message's topic is"
                        + " <java.lang.String, java.lang.Object>");
    }

    @Test
    void takesAnotherConstantOfTheSameTypes() {
        Topic<String, Map<String, List<Integer>>> same =
                Topic.of("maps", TypeRef.of(String.class), new TypeRef<Map<String, List<Integer>>>() {});
        Topic<String, Map<String, List<Long>>> other =
                Topic.of("maps", TypeRef.of(String.class), new TypeRef<Map<String, List<Long>>>() {});

        publisher.publish(Topic.of("one", String.class, String.class), "k", "v").join();
        publisher.publish(same, "k", null).join();

        assertThat(failure(publisher.publish(other, "k", null)))
                .hasMessageContaining("java.util.List<java.lang.Integer>")
                .hasMessageContaining("java.util.List<java.lang.Long>");
    }

    @Test
    void takesAnyTypesWhereOnlyConfigurationDeclaresTheTopic() {
        publisher
                .publish(Topic.of("free", String.class, String.class), "k", "v")
                .join();
        publisher
                .publish(Topic.of("free", String.class, Object.class), "k", "v")
                .join();

        assertThat(transport.taken()).hasSize(2);
    }

    @Test
    void refusesTwoDeclarationsOfOneAliasAtTheStart() {
        assertThatThrownBy(() -> Kurier.builder()
                        .set(Map.of("bootstrap.servers", "127.0.0.1:1", "topics.one.value.serializer", "text"))
                        .topics(ONE, Topic.of("one", String.class, Object.class))
                        .check())
                .isInstanceOf(StartException.class)
                .hasMessageContaining("declared twice")
                .hasMessageContaining("<java.lang.String, java.lang.String>")
                .hasMessageContaining("<java.lang.String, java.lang.Object>");
    }

    private static PublishException failure(CompletableFuture<Receipt> future) {
        @Nullable Throwable failure = future.handle((receipt, why) -> why).join();
        assertThat(failure).isInstanceOf(PublishException.class);
        return (PublishException) requireNonNull(failure);
    }
}
