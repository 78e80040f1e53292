// SPDX-License-Identifier: Apache-2.0
package io.kurier.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kurier.StartException;
import io.kurier.Topic;
import io.kurier.core.config.ResolvedKey;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a check shows of guards, and what it finds out about them that needs the types in code. */
class GuardCheckTest {
    private static final Topic<Void, String> KEYLESS = Topic.of("orders", Void.class, String.class);

    @Test
    void showsThePluginsWithTheirJarsAndKeysAndNoSecret() {
        List<ResolvedKey> keys = orders().set("topics.orders.guards", "seal, as-told")
                .set("topics.orders.guard.seal.password", "CANARY")
                .set("topics.orders.required.headers", "tenant,trace")
                .set("topics.orders.max.record.bytes", "100")
                .check();

        assertThat(shown(keys))
                .containsSubsequence(
                        "topics.orders.record.id = false",
                        "topics.orders.guards = seal, as-told",
                        "topics.orders.guard.seal.color = red",
                        "topics.orders.guard.seal.password = [hidden]",
                        "topics.orders.required.headers = tenant,trace",
                        "topics.orders.key.required = false",
                        "topics.orders.max.record.bytes = 100");
        assertThat(keys)
                .filteredOn(key -> key.key().equals("topics.orders.guards"))
                .singleElement()
                .satisfies(guards -> assertThat(guards.plugin()).endsWith("test-classes/"));
        assertThat(keys.toString()).doesNotContain("CANARY");
    }

    @Test
    void showsThatATopicHasNoGuards() {
        assertThat(shown(orders().check()))
                .contains(
                        "topics.orders.guards = none",
                        "topics.orders.required.headers = none",
                        "topics.orders.key.required = false");
    }

    @Test
    void refusesToRequireAKeyThatNoMessageCanHave() {
        assertThatThrownBy(() -> orders().set("topics.orders.key.required", "true")
                        .topics(KEYLESS)
                        .check())
                .isInstanceOf(StartException.class)
                .hasMessage("topics.orders.key.required (code): true, but no message can have a key: the topic is"
                        + " declared in code as <java.lang.Void, java.lang.String>. Declare another type of keys, or"
                        + " remove the key.");
    }

    @Test
    void letsAGuardGiveKeysToMessagesThatHaveNone() {
        assertThat(shown(orders().set("topics.orders.key.required", "true")
                        .set("topics.orders.guards", "as-told")
                        .topics(KEYLESS)
                        .check()))
                .contains("topics.orders.key.required = true");
    }

    private static KurierBuilder orders() {
        return Kurier.builder()
                .set("bootstrap.servers", "127.0.0.1:1")
                .set("topics", "orders")
                .set("topics.orders.value.serializer", "text");
    }

    private static List<String> shown(List<ResolvedKey> keys) {
        return keys.stream().map(key -> key.key() + " = " + key.value()).toList();
    }
}
