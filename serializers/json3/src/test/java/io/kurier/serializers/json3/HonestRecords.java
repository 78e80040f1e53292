// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.json3;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/** Reads and writes texts of about a megabyte, as measurements, lists and tables make them. */
final class HonestRecords {
    private HonestRecords() {}

    public static void main(String[] arguments) {
        many(500_000, i -> "7");
        many(150_000, i -> String.valueOf(i));
        many(150_000, i -> i + ".5");
        many(200_000, i -> "true");
        many(300_000, i -> "\"\"");
        many(250_000, i -> "\"x\"");
        many(40_000, i -> "\"the text of row " + i + "\"");
        many(300_000, i -> "[]");
        many(300_000, i -> "{}");
        many(120_000, i -> "{\"a\":" + i % 10 + "}");
        many(60_000, i -> "{\"x\":" + i % 100 + ",\"y\":" + i % 77 + "}");
        many(60_000, i -> "[" + i + ",1.5]");
        many(
                8_000,
                i -> "{\"id\":" + i + ",\"name\":\"article " + i + "\",\"price\":9.90,\"tags\":[\"new\",\"blue\"],"
                        + "\"size\":{\"w\":1,\"h\":2},\"since\":null}");
        both("{"
                + IntStream.range(0, 60_000)
                        .mapToObj(i -> "\"name" + i + "\":" + i)
                        .collect(Collectors.joining(",")) + "}");
        both("\"" + "ü€".repeat(200_000) + "\"");
        both("[".repeat(500) + "]".repeat(500));
        List<Map<String, Integer>> rows =
                IntStream.range(0, 60_000).mapToObj(i -> Map.of("key", i)).toList();
        byte[] bytes = new JsonSerializer<>().serialize("t", rows);
        require(rows.equals(new JsonDeserializer<>(Object.class).deserialize("t", bytes)));
        System.out.print("all came back\n");
    }

    private static void many(int count, IntFunction<String> value) {
        both(IntStream.range(0, count).mapToObj(value).collect(Collectors.joining(",", "[", "]")));
    }

    private static void both(String json) {
        byte[] bytes = json.getBytes(UTF_8);
        JsonNode tree = new JsonDeserializer<>(JsonNode.class).deserialize("t", bytes);
        require(Arrays.equals(new JsonSerializer<>().serialize("t", tree), bytes));
    }

    private static void require(boolean same) {
        if (!same) {
            throw new AssertionError("a record did not come back");
        }
    }
}
