// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.framings;

import static io.kurier.serializers.framings.Frames.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import io.kurier.ArrayHeaders;
import io.kurier.serializers.framings.test.Basket;
import io.kurier.serializers.framings.test.Order;
import io.kurier.spi.Frame;
import io.kurier.spi.FrameReader;
import io.kurier.spi.FramingPlugin;
import io.kurier.spi.PayloadSchema;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** 10,000 damaged frames of each kind raise one type of exception, or are read within the record. */
class HostileFramesTest {
    private static final int RECORDS = 10_000;

    private static final List<String> RECORD_STARTS = List.of(
            "0000000001",
            "000000000000000001",
            "000000000204020012",
            "0000000002070A054F72646572",
            "070A054F72646572",
            "0189791762233641869674299B90A802E2040200",
            "C3010102030405060708");

    @TempDir
    private Path temporary;

    static Stream<Arguments> kinds() {
        return Stream.of(new ConfluentPlugin(), new ConfluentHeaderPlugin(), new ApicurioPlugin(), new DetectPlugin())
                .flatMap(plugin -> Stream.of("avro", "protobuf", "json")
                        .flatMap(format -> Stream.of(true, false)
                                .map(sources -> Arguments.of(plugin.name(), format, sources, plugin))));
    }

    @ParameterizedTest(name = "{0}, {1}, sources: {2}")
    @MethodSource("kinds")
    void raiseOneTypeOfException(String name, String format, boolean sources, FramingPlugin plugin) {
        Folder folder = new Folder(temporary)
                .with("order.avsc", Schemas.ORDER_FILE)
                .copy("shop.desc", Folder.SHOP)
                .ids("1=order.avsc", "2=shop.desc", "89791762-2336-4186-9674-299b90a802e2=shop.desc");
        List<PayloadSchema> known = switch (format) {
            case "avro" -> List.of(Schemas.avro(Schemas.ORDER));
            case "json" -> List.of(Schemas.json(Schemas.JSON_ORDER));
            default -> List.of(Schemas.protobuf(Order.getDescriptor()), Schemas.protobuf(Basket.Line.getDescriptor()));
        };
        FrameReader reader = Frames.of(plugin, format, sources ? Frames.file(folder) : Map.of())
                .reader(known);
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < RECORDS; i++) {
            byte[] record = damaged(random);
            ArrayHeaders headers = headers(random);
            try {
                Frame frame = reader.read("orders", headers, record, 1, record.length - 1);
                assertThat(frame.length()).as("seed " + seed).isBetween(0, record.length - 1);
            } catch (SerializationException e) {
                assertThat(e.getMessage()).as("seed " + seed).isNotBlank();
            } catch (RuntimeException | Error e) {
                throw new AssertionError("seed " + seed + ", record " + Frames.hex(record) + ", " + headers, e);
            }
        }
    }

    private static byte[] damaged(Random random) {
        byte[] start = bytes("FF" + RECORD_STARTS.get(random.nextInt(RECORD_STARTS.size())));
        byte[] record = Arrays.copyOf(start, 1 + random.nextInt(start.length + 8));
        for (int flips = random.nextInt(3); flips > 0 && record.length > 1; flips--) {
            record[1 + random.nextInt(record.length - 1)] = (byte) random.nextInt();
        }
        return record;
    }

    private static ArrayHeaders headers(Random random) {
        ArrayHeaders headers = new ArrayHeaders();
        if (random.nextInt(4) == 0) {
            String name = List.of("__value_schema_id", "apicurio.value.contentId", "apicurio.value.globalId")
                    .get(random.nextInt(3));
            byte[] value = damaged(random);
            headers.add(
                    name, random.nextBoolean() ? Arrays.copyOfRange(value, 1, value.length) : Arrays.copyOf(value, 8));
        }
        return headers;
    }
}
