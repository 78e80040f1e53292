// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FramingKeysTest {
    @Test
    void takesTheUsualFramingIfSchemasAreNamed() {
        assertThat(placed("avro", "confluent", "schemas=file", "schemas.folder=here", "schema=a.avsc"))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "framing", "confluent",
                        "framing.confluent.schemas", "file",
                        "framing.confluent.schemas.folder", "here",
                        "schema", "a.avsc"));
    }

    @Test
    void takesTheFramingThatIsChosen() {
        assertThat(placed("json", "detect", "framing=apicurio", "schemas=content", "headers=true", "schema=a.json"))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "framing", "apicurio",
                        "framing.apicurio.schemas", "content",
                        "framing.apicurio.headers", "true",
                        "schema", "a.json"));
    }

    @Test
    void leavesWhatItIsNotSureOf() {
        for (String[] keys : new String[][] {
            {"headers=true"},
            {"framing=none", "schemas=file"},
            {"framing=nonsense", "schemas=file"},
            {"framing=confluent", "framing.confluent.schemas=file", "nonsense=1"}
        }) {
            assertThat(placed("protobuf", "confluent", keys)).containsExactlyInAnyOrderEntriesOf(map(keys));
        }
        assertThat(placed("avro", "confluent", "schemas=order.avsc")).containsOnlyKeys("schemas");
        assertThat(placed("nonsense", "confluent", "schemas=file")).containsOnlyKeys("schemas");
        assertThat(placed("text", "confluent", "schemas=file")).containsOnlyKeys("schemas");
    }

    private static Map<String, String> placed(String serializer, String usual, String... keys) {
        Map<String, TopicOptions.Option> options = new HashMap<>();
        map(keys).forEach((key, value) -> options.put(key, new TopicOptions.Option(value, "--set")));
        Map<String, String> placed = new HashMap<>();
        FramingKeys.placed(ClusterKeys.of(null, "127.0.0.1:9092"), new TopicOptions("t", serializer, options), usual)
                .keys()
                .forEach((key, option) -> placed.put(key, option.value()));
        return placed;
    }

    private static Map<String, String> map(String... keys) {
        Map<String, String> map = new HashMap<>();
        for (String key : keys) {
            map.put(key.substring(0, key.indexOf('=')), key.substring(key.indexOf('=') + 1));
        }
        return map;
    }
}
