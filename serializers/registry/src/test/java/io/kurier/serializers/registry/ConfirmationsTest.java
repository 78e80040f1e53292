// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.registry;

import static io.kurier.serializers.registry.Sources.avro;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kurier.serializers.framings.RegisteredSchema;
import io.kurier.serializers.framings.SchemaSource;
import io.kurier.spi.PayloadSchema;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a registry says about an identity that another source has given. */
@Timeout(60)
class ConfirmationsTest {
    private static final PayloadSchema ORDER = avro(Sources.ORDER);

    private final TestRegistry registry = new TestRegistry().next(7);

    @AfterEach
    void stop() {
        registry.close();
    }

    private static RegisteredSchema given(@Nullable Long id, @Nullable UUID guid) {
        return new RegisteredSchema("avro", id, guid, Sources.ORDER);
    }

    private @Nullable RegisteredSchema confirmed(RegisteredSchema given) {
        try (SchemaSource source = Sources.of(registry, "avro")) {
            return source.confirm("orders", ORDER, given)
                    .toCompletableFuture()
                    .orTimeout(50, TimeUnit.SECONDS)
                    .join();
        }
    }

    @Test
    void theIdOfTheSchemaIsFoundByItsText() {
        registry.register("orders-value", "AVRO", Sources.ORDER);

        assertThat(Objects.requireNonNull(confirmed(given(5L, null))).id()).isEqualTo(7);
        assertThat(registry.requests()).containsExactly("POST /subjects/orders-value");
    }

    @Test
    void anIdIsLookedUpIfTheSubjectDoesNotHaveTheSchema() {
        registry.register("elsewhere", "AVRO", Sources.READING);

        RegisteredSchema has = Objects.requireNonNull(confirmed(given(7L, null)));

        assertThat(has.id()).isEqualTo(7);
        assertThat(has.text()).isEqualTo(Sources.READING);
    }

    @Test
    void whatIsNotThereIsNull() {
        assertThat(confirmed(given(5L, null))).isNull();
        assertThat(confirmed(given(null, new UUID(1, 2)))).isNull();
    }

    @Test
    void aRuleIsFoundToo() {
        registry.register("orders-value", "AVRO", Sources.ORDER);
        registry.rules("orders-value", TestRegistry.rule("encrypt", "WRITE", false));

        assertThatThrownBy(() -> confirmed(given(7L, null)))
                .hasCauseInstanceOf(SerializationException.class)
                .hasMessageContaining("the rule encrypt");
    }

    @Test
    void isRepeatedUntilTheRegistryAnswersAndBegunOnce() {
        registry.register("orders-value", "AVRO", Sources.ORDER);
        registry.fail(503, "");
        try (SchemaSource source = Sources.of(registry, "avro")) {
            CompletableFuture<@Nullable RegisteredSchema> first =
                    source.confirm("orders", ORDER, given(5L, null)).toCompletableFuture();
            CompletableFuture<@Nullable RegisteredSchema> second =
                    source.confirm("orders", ORDER, given(5L, null)).toCompletableFuture();
            org.awaitility.Awaitility.await().until(() -> !registry.requests().isEmpty());
            assertThat(first).isNotDone();

            registry.recover();

            assertThat(Objects.requireNonNull(
                                    first.orTimeout(50, TimeUnit.SECONDS).join())
                            .id())
                    .isEqualTo(7);
            assertThat(second.orTimeout(50, TimeUnit.SECONDS).join()).isNotNull();
        }
    }

    @Test
    void aRefusalEndsIt() {
        registry.fail(403, "{\"error_code\":403,\"message\":\"no\"}");

        assertThatThrownBy(() -> confirmed(given(5L, null))).hasMessageContaining("403");
    }
}
