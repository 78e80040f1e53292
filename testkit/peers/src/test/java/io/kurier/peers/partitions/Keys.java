// SPDX-License-Identifier: Apache-2.0
package io.kurier.peers.partitions;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The keys with which clients are compared: of random bytes and of random text in UTF-8, at most 70 bytes long, some that
 * clients have been wrong about, empty ones and none at all. Each use has other keys; their seed is printed.
 */
final class Keys {
    /** How many keys have at least one byte. */
    static final int WITH_BYTES = 10_000;

    private static final int EMPTY = 200;
    private static final int MISSING = 200;
    private static final int LONGEST = 70;
    /** 1468509572224 has the FNV-1a hash of which there is no positive number. */
    private static final List<String> CHOSEN =
            List.of("0", "1", "21", "kafka", "foobar", "1468509572224", "äöü", "键", "🙂", "clé\tñ\u0000");

    private static final String NO_KEY = "null";

    private Keys() {}

    /** Returns keys of random bytes and text, empty ones, and null for records without a key, in random order. */
    static List<byte @Nullable []> random() {
        Random random = seeded();
        List<byte @Nullable []> keys = new ArrayList<>(texts(random, WITH_BYTES / 2));
        while (keys.size() < WITH_BYTES) {
            byte[] key = new byte[1 + random.nextInt(LONGEST)];
            random.nextBytes(key);
            keys.add(key);
        }
        keys.addAll(Collections.nCopies(EMPTY, new byte[0]));
        keys.addAll(Collections.nCopies(MISSING, null));
        Collections.shuffle(keys, random);
        return keys;
    }

    /** Returns keys that are text in UTF-8. */
    static List<byte @Nullable []> randomTexts() {
        return new ArrayList<>(texts(seeded(), WITH_BYTES));
    }

    private static Random seeded() {
        long seed = System.nanoTime();
        System.out.println("seed of the keys: " + seed);
        return new Random(seed);
    }

    private static List<byte[]> texts(Random random, int count) {
        List<byte[]> texts = new ArrayList<>();
        CHOSEN.forEach(text -> texts.add(text.getBytes(UTF_8)));
        while (texts.size() < count) {
            texts.add(text(random, 1 + random.nextInt(LONGEST)));
        }
        return texts;
    }

    /** Returns letters of one to four bytes each. */
    private static byte[] text(Random random, int bytes) {
        StringBuilder text = new StringBuilder();
        int left = bytes;
        while (left > 0) {
            String letter = Character.toString(
                    switch (1 + random.nextInt(Math.min(left, 4))) {
                        case 1 -> 'a' + random.nextInt(26);
                        case 2 -> 'à' + random.nextInt(32);
                        case 3 -> '一' + random.nextInt(20_000);
                        default -> 0x1f600 + random.nextInt(64);
                    });
            text.append(letter);
            left -= letter.getBytes(UTF_8).length;
        }
        return text.toString().getBytes(UTF_8);
    }

    /** Writes a line for each key: its bytes in hexadecimal digits, or {@code null}. */
    static void write(List<byte @Nullable []> keys, Path file) throws IOException {
        Files.writeString(file, keys.stream().map(Keys::shown).collect(Collectors.joining("\n", "", "\n")));
    }

    /** Returns the key as it is written and reported. */
    static String shown(byte @Nullable [] key) {
        return key == null ? NO_KEY : HexFormat.of().formatHex(key);
    }
}
