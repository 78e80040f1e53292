// SPDX-License-Identifier: Apache-2.0
package io.kurier.formats;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.kafka.common.header.Header;

/**
 * Damages records: flips bits, cuts, inserts, replaces what may be a length by a huge one, repeats a part, nests, and
 * puts halves of two records together. The same seed makes the same records.
 */
final class Mutations {
    /** The largest record that Kafka accepts by default has some more bytes. */
    private static final int MOST_BYTES = 1_000_000;

    /** Lengths, counts and numbers at the ends of their ranges, as the formats write them. */
    private static final List<byte[]> EXTREMES = Stream.concat(
                    Stream.of(
                                    "ffffffff07", // a varint: 2^31 - 1
                                    "ffffffff0f", // 2^32 - 1; zigzag: -2^31
                                    "feffffff0f", // zigzag: 2^31 - 1
                                    "80808080808080808001", // -2^63
                                    "ffffffffffffffff7f", // 2^63 - 1
                                    "ffffffffffffffffff01", // -1; zigzag: -2^63
                                    "feffffffffffffffff01", // zigzag: 2^63 - 1
                                    "ffffffffffffffffffffff", // a varint that does not end
                                    "8084af5f", // zigzag: 10^8
                                    "01",
                                    "00000000",
                                    "7fffffff",
                                    "80000000",
                                    "ffffffff")
                            .map(digits -> HexFormat.of().parseHex(digits)),
                    Stream.of(
                                    "99999999999999999999",
                                    "-9223372036854775809",
                                    "1e999999999",
                                    "-1E-999999999",
                                    "0." + "1".repeat(900),
                                    "\\ud800",
                                    "\"\\u0000")
                            .map(text -> text.getBytes(StandardCharsets.US_ASCII)))
            .toList();

    private final Random random;
    private final List<byte[]> levels;

    /**
     * Creates the mutations.
     *
     * @param random makes all choices
     * @param levels bytes that begin a further level of nesting in the format
     */
    Mutations(Random random, List<byte[]> levels) {
        this.random = random;
        this.levels = levels;
    }

    /** Returns a damaged copy of a record; some get parts of the other. */
    HostileRecord of(HostileRecord record, HostileRecord other) {
        Header[] headers = record.headers().toArray();
        if (headers.length > 0 && random.nextInt(4) == 0) {
            Header damaged = headers[random.nextInt(headers.length)];
            return record.withHeader(damaged.key(), damaged(damaged.value(), other.value()));
        }
        return record.withValue(damaged(record.value(), other.value()));
    }

    private byte[] damaged(byte[] bytes, byte[] other) {
        byte[] damaged = bytes;
        for (int steps = 1 + random.nextInt(3); steps > 0; steps--) {
            damaged = step(damaged, other);
        }
        return damaged.length > MOST_BYTES ? slice(damaged, 0, MOST_BYTES) : damaged;
    }

    private byte[] step(byte[] bytes, byte[] other) {
        int at = random.nextInt(bytes.length + 1);
        int to = Math.min(bytes.length, at + random.nextInt(12));
        return switch (random.nextInt(8)) {
            case 0, 1 -> flipped(bytes);
            case 2 -> slice(bytes, 0, at);
            case 3 -> joined(bytes, at, noise(1 + random.nextInt(16)), at);
            case 4 -> {
                byte[] extreme = one(EXTREMES);
                yield joined(bytes, at, extreme, random.nextBoolean() ? at : Math.min(bytes.length, at + 1));
            }
            case 5 -> joined(bytes, at, repeated(slice(bytes, at, to)), at);
            case 6 -> joined(bytes, at, repeated(one(levels)), at);
            default -> joined(bytes, at, slice(other, random.nextInt(other.length + 1), other.length), bytes.length);
        };
    }

    private byte[] flipped(byte[] bytes) {
        byte[] flipped = bytes.clone();
        for (int bits = random.nextInt(8); bits >= 0 && flipped.length > 0; bits--) {
            flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return flipped;
    }

    /** Returns 10 to a million bytes of repetitions, most of them few. */
    private byte[] repeated(byte[] part) {
        double exponent = random.nextDouble();
        int length = (int) Math.pow(10, 1 + 5 * exponent * exponent);
        ByteArrayOutputStream repeated = new ByteArrayOutputStream(length);
        while (part.length > 0 && repeated.size() < length) {
            repeated.writeBytes(part);
        }
        return repeated.toByteArray();
    }

    private byte[] noise(int length) {
        byte[] noise = new byte[length];
        random.nextBytes(noise);
        return noise;
    }

    private byte[] one(List<byte[]> some) {
        return some.get(random.nextInt(some.size()));
    }

    /** Returns the bytes before one index, others, and the bytes from another index on. */
    private static byte[] joined(byte[] bytes, int end, byte[] middle, int begin) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream(bytes.length + middle.length);
        joined.write(bytes, 0, end);
        joined.writeBytes(middle);
        joined.write(bytes, begin, bytes.length - begin);
        return joined.toByteArray();
    }

    private static byte[] slice(byte[] bytes, int begin, int end) {
        return Arrays.copyOfRange(bytes, begin, end);
    }
}
