// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.json3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.SerializationException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsontype.BasicPolymorphicTypeValidator;

class JsonErrorsTest {
    private static final String TOPIC = "orders";
    private static final String SCHEMA = "classpath:schemas/order.json";

    /** After a change on purpose {@code -Dgolden.update=true} writes the file anew. */
    private static final Path GOLDEN = Path.of("src/test/resources/golden/errors.txt");

    private final List<String> lines = new ArrayList<>();

    @Test
    void eachErrorIsInTheGoldenFile() throws IOException {
        reading("nothing", JsonNode.class, "");
        reading("an end too early", JsonNode.class, "{\"a\":");
        reading("no JSON", JsonNode.class, "{a}");
        reading("a second text", JsonNode.class, "1 2");
        reading("a property twice", JsonNode.class, "{\"a\":1,\"a\":2}");
        reading("too deep", JsonNode.class, "[".repeat(600));
        reading("too many digits", JsonNode.class, "7".repeat(2_000));
        reading("too much memory", JsonNode.class, "[" + "[[[[]]]],".repeat(200_000) + "0]");
        reading("no such kind", Order.Item.class, "{\"sku\":[]}");
        reading("no such number", Order.Item.class, "{\"count\":\"many\"}");
        reading("too large a number", Order.Item.class, "{\"count\":99999999999}");
        reading("no such constant", Order.class, "{\"state\":\"LOST\"}");
        reading("no such subtype", Animal.class, "{\"kind\":\"fish\"}");
        reading("no way to read", Runnable.class, "{}");
        add("not UTF-8", () -> new JsonDeserializer<>(String.class).deserialize(TOPIC, new byte[] {'"', -4, '"'}));
        add("no way to write", () -> new JsonSerializer<>().serialize(TOPIC, List.of(new Object())));
        add("half a character in a name", () -> new JsonSerializer<>().serialize(TOPIC, Map.of("\ud83e", 1)));
        JsonSerializer<Object> validating = new JsonSerializer<>();
        validating.configure(Map.of("json.schema", SCHEMA), false);
        add("a violation", () -> validating.serialize(TOPIC, Map.of("id", "O-1")));
        add(
                "default typing",
                () -> new JsonSerializer<>(JsonMapper.builder()
                        .activateDefaultTyping(
                                BasicPolymorphicTypeValidator.builder().build())
                        .build()));
        add("no such schema", () -> validating.configure(Map.of("json.schema", "classpath:no/such.json"), false));

        String text = String.join("\n", lines) + "\n";
        if (Boolean.getBoolean("golden.update")) {
            Files.createDirectories(GOLDEN.getParent());
            Files.writeString(GOLDEN, text);
        }
        assertThat(text).isEqualTo(Files.readString(GOLDEN));
    }

    private void reading(String what, Class<?> type, String json) {
        add(what, () -> new JsonDeserializer<>(type).deserialize(TOPIC, json.getBytes(UTF_8)));
    }

    private void add(String what, ThrowingCallable failing) {
        Throwable thrown = catchThrowable(failing);
        assertThat(thrown).as(what).isInstanceOfAny(SerializationException.class, ConfigException.class);
        lines.add(what + ": " + thrown.getMessage());
    }
}
