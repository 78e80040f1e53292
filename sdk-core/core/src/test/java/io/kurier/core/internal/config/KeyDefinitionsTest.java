// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kurier.core.config.ResolvedKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.types.Password;
import org.junit.jupiter.api.Test;

class KeyDefinitionsTest {
    private final Problems problems = new Problems();

    @Test
    void everyKeyIsDocumented() {
        assertThat(Stream.of(PublisherKeys.KEYS, TopicKeys.KEYS).flatMap(keys -> keys.descriptions().stream()))
                .hasSizeGreaterThan(25)
                .allSatisfy(key -> assertThat(key.documentation()).isNotBlank());
    }

    @Test
    void describesAKeyByItsFullNameWithTypeDefaultAndValidValues() {
        assertThat(TopicKeys.KEYS.descriptions())
                .contains(
                        new KeyDescription(
                                "topics.<alias>.max.record.bytes",
                                "int",
                                null,
                                "no limit",
                                false,
                                "[1,...]",
                                "the largest record, key, value and headers, in bytes"),
                        new KeyDescription(
                                "topics.<alias>.partitioner",
                                "string",
                                null,
                                "Kafka's own",
                                false,
                                null,
                                "name of the partitioner plugin"));
        assertThat(PublisherKeys.KEYS.descriptions())
                .filteredOn(key -> key.key().equals("profile"))
                .singleElement()
                .satisfies(key -> {
                    assertThat(key.valid()).isEqualTo("[balanced, throughput, latency, durable]");
                    assertThat(key.shownDefault()).isEqualTo("balanced");
                });
    }

    @Test
    void showsNoDefaultOfASecretAndNoNameOfAValidatorsClass() {
        ConfigDef definition = new ConfigDef()
                .define("pin", Type.PASSWORD, new Password("CANARY"), Importance.LOW, "a pin")
                .define("api.token", Type.STRING, "CANARY", Importance.LOW, "a token")
                .define("plain", Type.STRING, "a", (name, value) -> {}, Importance.LOW, "a text");

        List<KeyDescription> described = definition.configKeys().values().stream()
                .map(KeyDescription::of)
                .toList();

        assertThat(described).extracting(KeyDescription::defaultValue).containsExactly("[hidden]", "[hidden]", "a");
        assertThat(described).extracting(KeyDescription::valid).containsOnlyNulls();
        List<ResolvedKey> checked = new ArrayList<>();
        ResolvedKeys.defaults(definition, Map.of("api.token", "serializer.a.api.token"), "topic a", checked);
        assertThat(checked)
                .containsExactly(new ResolvedKey("topic a", "serializer.a.api.token", "[hidden]", "default", null));
    }

    @Test
    void takesTheDefaultWhereAValueIsAProblem() {
        ParsedKeys values =
                parse(new Setting("profile", "fast", "test:1"), new Setting("close.timeout.ms", "5", "test:2"));

        assertThat(values.constant("profile", Profile.class)).isEqualTo(Profile.BALANCED);
        assertThat(values.isSound("profile")).isFalse();
        assertThat(values.isSound("publisher.name")).isTrue();
        assertThat(values.millis("close.timeout.ms")).hasMillis(5);
        assertThatThrownBy(problems::throwIfAny)
                .hasMessage("profile (test:1): \"fast\" is none of balanced, throughput, latency, durable.");
    }

    @Test
    void hasNoValueOfAKeyWithAReaderOfItsOwn() {
        ParsedKeys values = parse();
        assertThatThrownBy(() -> values.text("topics"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("topics is not a key that its definition checks");
        assertThatThrownBy(() -> TopicKeys.KEYS
                        .read("topics.a.", new UnconsumedSettings(), problems)
                        .integer("partitions"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("partitions has no default");
    }

    private ParsedKeys parse(Setting... settings) {
        UnconsumedSettings unconsumed = new UnconsumedSettings();
        for (Setting setting : settings) {
            unconsumed.admit(setting);
        }
        return PublisherKeys.KEYS.read("", unconsumed, problems);
    }
}
