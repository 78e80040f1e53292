// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegistryKeysTest {
    @Test
    void takesNoKeyOfKuriersOrOfKafkasForOneOfTheirs() {
        Set<String> keys = new TreeSet<>(PublisherKeys.KEYS.names());
        keys.addAll(ProducerConfig.configNames());
        keys.addAll(ConsumerConfig.configNames());
        keys.addAll(List.of("serializer.avro.framing", "config.providers.env.param.allowlist.pattern"));
        assertThat(keys).noneMatch(key -> RegistryKeys.isTheirs(new Setting(key, "any", "test:1")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            schema.registry.url                          | https://a:1,http://b | schema.registry.url=https://a:1,http://b
            schema.registry.url                          | https://shop:CANARY@a:1/x | schema.registry.url=https://[hidden]@a:1/x
            schema.registry.ssl.keystore.type            | PEM                  | schema.registry.ssl.keystore.type=PEM
            schema.registry.ssl.key.password             | CANARY               | schema.registry.ssl.key.password=[hidden]
            schema.registry.basic.auth.user.info         | CANARY               | basic.auth.user.info=[hidden]
            request.header.Authorization                 | CANARY               | request.headers=[hidden]
            value.subject.name.strategy                  | io.confluent.kafka.serializers.subject.RecordNameStrategy | subject.name.strategy=record
            value.subject.name.strategy                  | com.example.Own      | subject.name.strategy=...
            context.name.strategy                        | com.example.Own      | context=...
            rule.executors.encrypt.class                 | com.example.Own      | ignored.rules=...
            apicurio.registry.check-period-ms            | 30000                | latest.cache.ttl.sec=30
            apicurio.registry.check-period-ms            | 20                   | latest.cache.ttl.sec=1
            apicurio.registry.check-period-ms            | soon                 | latest.cache.ttl.sec=1
            apicurio.registry.url                        | http://a/apis/registry/v2/ | schema.registry.url=http://a/apis/ccompat/v7
            """)
    void writesAValueAsKurierHasIt(String key, String value, String expected) {
        List<String> lines = new RegistryKeys.Translation(List.of(new Setting(key, value, "test:1")), "A").lines();
        assertThat(lines.get(lines.size() - 1))
                .matches("topics\\.A\\.value\\.serializer\\.framing\\.(confluent|apicurio)\\..*")
                .endsWith("." + expected);
        assertThat(lines.toString()).doesNotContain("CANARY");
    }

    @Test
    void showsTheVariableOfAConfigProvider() {
        Setting setting = new Setting("bearer.auth.token", "CANARY", "test:1", List.of("${env:TOKEN}"), null, null);
        assertThat(new RegistryKeys.Translation(List.of(setting), "A").lines())
                .contains("topics.A.value.serializer.framing.confluent.bearer.auth.token=${env:TOKEN}");
    }

    @Test
    void translatesForKeysAndForValues() {
        List<String> lines = new RegistryKeys.Translation(
                        List.of(
                                new Setting(
                                        "key.serializer", "io.confluent.kafka.serializers.KafkaAvroSerializer", "a:1"),
                                new Setting(
                                        "value.serializer",
                                        "io.confluent.kafka.serializers.json.KafkaJsonSchemaSerializer",
                                        "a:2"),
                                new Setting("use.latest.version", "true", "a:3"),
                                new Setting("key.subject.name.strategy", "a.RecordNameStrategy", "a:4")),
                        "orders")
                .lines();
        assertThat(lines)
                .containsSubsequence(
                        "topics.orders.key.serializer=avro",
                        "topics.orders.key.serializer.framing.confluent.use.latest.version=true",
                        "topics.orders.key.serializer.framing.confluent.subject.name.strategy=record",
                        "topics.orders.value.serializer=json",
                        "topics.orders.value.serializer.framing.confluent.use.latest.version=true")
                .doesNotContain("topics.orders.value.serializer.framing.confluent.subject.name.strategy=record");
    }

    @Test
    void hidesAnAddressWithAUser() {
        assertThat(new Setting("any.url", "http://shop:CANARY@a:1", "test:1").isSecret())
                .isTrue();
        assertThat(new Setting("any.url", "http://a:1/b@c", "test:1").isSecret())
                .isFalse();
        assertThat(new Setting("any.text", "a@b://", "test:1").isSecret()).isFalse();
    }
}
