// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.json3;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads hostile records, one after the other, and prints how many were refused; the argument is {@code max.expansion}. */
final class Bombs {
    private static final int BYTES = 1_000_000;
    private static final List<Class<?>> TYPES = List.of(JsonNode.class, Object.class, Level.class);

    /** Holds itself in all ways. */
    static final class Level {
        public @Nullable List<Level> list;
        public @Nullable Map<String, Level> a;
        public @Nullable Object any;
    }

    private Bombs() {}

    public static void main(String[] arguments) {
        int refused = 0;
        int count = 0;
        for (Map.Entry<String, Supplier<String>> bomb : bombs().entrySet()) {
            byte[] json = bomb.getValue().get().getBytes(US_ASCII);
            for (Class<?> type : TYPES) {
                if (type == Level.class && json[0] != '{') {
                    continue;
                }
                count++;
                JsonDeserializer<?> reader = new JsonDeserializer<>(type);
                reader.configure(Map.of("json.max.expansion", arguments[0]), false);
                try {
                    reader.deserialize("bombs", json);
                    System.out.println(bomb.getKey() + " was read as " + type);
                } catch (Throwable e) {
                    if (e.getClass() == SerializationException.class) {
                        refused++;
                    } else {
                        System.out.println(bomb.getKey() + " ended in " + e);
                        return;
                    }
                }
            }
        }
        System.out.print(refused + " of " + count + " were refused\n");
    }

    /** Each text is made when it is read, since all of them would fill the heap. */
    private static Map<String, Supplier<String>> bombs() {
        Map<String, Supplier<String>> bombs = new LinkedHashMap<>();
        // The first is larger: without a limit a heap of 64 MiB is too small for it by far.
        bombs.put("five megabytes", () -> "[" + (filled("[[[[]]]]") + ",").repeat(5) + "0]");
        for (int depth : new int[] {5, 20, 100, 490}) {
            bombs.put("arrays " + depth, () -> "[" + filled("[".repeat(depth) + "]".repeat(depth)) + "]");
            bombs.put("objects " + depth, () -> "[" + filled(objects("", depth)) + "]");
            bombs.put(
                    "both " + depth, () -> "[" + filled(("{\"\":[").repeat(depth / 2) + "]}".repeat(depth / 2)) + "]");
            bombs.put("any " + depth, () -> "{\"any\":[" + filled("[".repeat(depth) + "]".repeat(depth)) + "]}");
        }
        for (int depth : new int[] {501, 1_000, 5_000, 100_000, 500_000}) {
            bombs.put("deep arrays " + depth, () -> "[".repeat(depth) + "]".repeat(depth));
            bombs.put("deep objects " + depth, () -> objects("a", depth));
            bombs.put("deep lists " + depth, () -> "{\"list\":[".repeat(depth) + "]}".repeat(depth));
            bombs.put("deep without an end " + depth, () -> "{\"any\":" + "[".repeat(depth));
        }
        for (int digits : new int[] {1_001, 900_000}) {
            bombs.put("a number of " + digits, () -> "7".repeat(digits));
            bombs.put("a fraction of " + digits, () -> "[0." + "7".repeat(digits) + "]");
            bombs.put("an exponent of " + digits, () -> "{\"any\":1e" + "7".repeat(digits) + "}");
        }
        return bombs;
    }

    private static String objects(String name, int depth) {
        return ("{\"" + name + "\":").repeat(depth) + "{}" + "}".repeat(depth);
    }

    private static String filled(String unit) {
        return (unit + ",").repeat(BYTES / (unit.length() + 1)) + "0";
    }
}
