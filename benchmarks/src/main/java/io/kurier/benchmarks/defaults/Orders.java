// SPDX-License-Identifier: Apache-2.0
package io.kurier.benchmarks.defaults;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.UUID;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.SimpleRecord;

/**
 * The objects that every candidate publishes, created before the measurement, the same in every run: some 1,024 bytes
 * as JSON each, with names and words that recur in other orders, and ids and amounts that do not.
 */
final class Orders {
    private static final int COUNT = 10_000;
    private static final int BATCH_BYTES = 131_072;
    private static final long FIRST_PLACED = 1_760_000_000_000L;

    private static final String[] FIRST_NAMES = list("""
            Amara, Bruno, Chiara, Dmitri, Elif, Farid, Greta, Hugo, Ingrid, Jonas, Kavya, Lena, Mateo, Nadia, \
            Oskar, Priya, Quentin, Rosa, Stefan, Tomoko, Ulrich, Vera, Wendell, Yusuf""");
    private static final String[] LAST_NAMES = list("""
            Abernathy, Bianchi, Castillo, Dupont, Eriksen, Fischer, Gonzalez, Haugen, Ivanova, Jansen, \
            Kowalski, Lindqvist, Moreau, Nakamura, Okafor, Petrov, Romano, Schneider, Tanaka, Virtanen""");
    private static final String[] STREETS = list("""
            Station Road, Mill Lane, Harbour Street, Church Hill, Orchard Avenue, Market Square, Bridge Street, \
            Garden Row, King's Parade, Forest Drive, Riverside, Castle Terrace""");
    private static final String[] CITIES = list("""
            Lisbon, Hamburg, Rotterdam, Gothenburg, Valencia, Turin, Krakow, Lyon, Graz, Aarhus, Tampere, \
            Ghent, Brno, Cork, Porto, Basel""");
    private static final String[] WORDS = list("""
            walnut, steel, compact, folding, lamp, kettle, blanket, wireless, keyboard, bottle, ceramic, linen, \
            travel, charger, notebook, leather, garden, hose, drill, socket, cotton, shirt, raincoat, saddle, \
            pump, bicycle, mirror, frame, candle, oak, shelf, paint, brush, carpet, grey, blue, large, small, \
            double, set, organic, coffee, grinder, pan, cast, iron, thermal, jug, tray, bamboo, desk, chair, \
            cushion, velvet, curtain, rail, clock, alarm, radio, speaker, cable, adapter, battery, torch, \
            hammer, spanner, ladder, bucket""");
    private static final String[] PHRASES = list("""
            please leave it with the neighbour, ring twice, the second door on the left, call before delivery, \
            it is a present, no plastic packaging, deliver after six, the gate is open on weekdays, \
            with an invoice for the company, behind the blue bins, ask for the caretaker, do not bend""");

    private final Random random;

    private Orders(Random random) {
        this.random = random;
    }

    /** Returns many different orders. */
    static Order[] make() {
        Orders orders = new Orders(new Random(7));
        Order[] made = new Order[COUNT];
        for (int i = 0; i < COUNT; i++) {
            made[i] = orders.next(i);
        }
        return made;
    }

    private Order next(int number) {
        List<Order.Line> lines = new ArrayList<>();
        BigDecimal total = BigDecimal.ZERO;
        for (int i = 6 + random.nextInt(6); i > 0; i--) {
            Order.Line line = line();
            lines.add(line);
            total = total.add(line.price().multiply(BigDecimal.valueOf(line.quantity())));
        }
        return new Order(
                new UUID(random.nextLong(), random.nextLong()).toString(),
                "C-" + (100_000 + random.nextInt(20_000)),
                FIRST_PLACED + number * 911L + random.nextInt(900),
                one("placed", "paid", "packed", "shipped"),
                one("EUR", "EUR", "SEK", "CHF"),
                total,
                new Order.Address(
                        one(FIRST_NAMES) + " " + one(LAST_NAMES),
                        one(STREETS) + " " + (1 + random.nextInt(180)),
                        one(CITIES),
                        Integer.toString(10_000 + random.nextInt(89_999)),
                        one("PT", "DE", "NL", "SE", "ES", "IT", "PL", "FR")),
                lines,
                one(PHRASES) + ", " + one(PHRASES));
    }

    private Order.Line line() {
        return new Order.Line(
                Integer.toString(random.nextInt(36 * 36 * 36 * 36 * 36), 36).toUpperCase(Locale.ROOT),
                one(WORDS) + " " + one(WORDS) + " " + one(WORDS) + " " + one(WORDS),
                1 + random.nextInt(9),
                BigDecimal.valueOf(99 + random.nextInt(40_000), 2));
    }

    private static String[] list(String words) {
        return words.split(", ", -1);
    }

    private String one(String... words) {
        return words[random.nextInt(words.length)];
    }

    /**
     * Returns how large they are as JSON, and how far they compress. Uses Kafka's internal record format, as only code
     * may that runs on the version that this build pins.
     */
    static String inWords(Order[] orders) {
        List<byte[]> json = json(orders);
        long bytes = json.stream().mapToLong(each -> each.length).sum();
        List<SimpleRecord> batch = new ArrayList<>();
        for (int size = 0; size < BATCH_BYTES; size += json.get(batch.size()).length) {
            batch.add(new SimpleRecord(json.get(batch.size())));
        }
        SimpleRecord[] records = batch.toArray(SimpleRecord[]::new);
        int plain = MemoryRecords.withRecords(Compression.NONE, records).sizeInBytes();
        int lz4 = MemoryRecords.withRecords(Compression.lz4().build(), records).sizeInBytes();
        return String.format(
                Locale.ROOT,
                "values: %,d orders, %d to %d B as JSON, %d on average; in a batch of 128 KiB lz4 makes %.2f of that",
                orders.length,
                json.stream().mapToInt(each -> each.length).min().orElse(0),
                json.stream().mapToInt(each -> each.length).max().orElse(0),
                bytes / orders.length,
                (double) lz4 / plain);
    }

    private static List<byte[]> json(Order[] orders) {
        ObjectMapper mapper = new ObjectMapper();
        List<byte[]> json = new ArrayList<>();
        for (Order order : orders) {
            try {
                json.add(mapper.writeValueAsBytes(order));
            } catch (JsonProcessingException e) {
                throw new IllegalStateException("an order cannot be written as JSON: " + e, e);
            }
        }
        return json;
    }
}
