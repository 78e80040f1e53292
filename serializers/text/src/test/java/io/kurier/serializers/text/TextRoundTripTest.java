// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextRoundTripTest {
    private static final String TOPIC = "lines";
    private static final String EVERY_KIND = "plain, Grüße, Ω, 漢字, \uFFFD, 👩‍🚀, \u0000";

    private final Random random = new Random();

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "UTF-16", "UTF-16BE", "UTF-16LE", "UTF-32", "GB18030"})
    void whatUnicodeHasComesBack(String charset) {
        assertThat(roundTrip(Charset.forName(charset), EVERY_KIND)).isEqualTo(EVERY_KIND);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "US-ASCII",
                "ISO-8859-1",
                "ISO-8859-15",
                "windows-1252",
                "windows-1251",
                "KOI8-R",
                "IBM037",
                "IBM1047",
                "Shift_JIS",
                "EUC-JP",
                "ISO-2022-JP",
                "EUC-KR",
                "ISO-2022-KR",
                "Big5",
                "GBK",
                "UTF-8",
                "UTF-16",
                "UTF-32LE"
            })
    void randomTextThatACharsetCanExpressComesBack(String name) {
        Charset charset = Charset.forName(name);
        long seed = System.nanoTime();
        random.setSeed(seed);
        CharsetEncoder encoder = charset.newEncoder();
        int[] alphabet = IntStream.concat(IntStream.range(0, 0x500), random.ints(2_000, 0x500, 0x20000))
                .filter(c -> c != 0x0E && c != 0x0F && c != 0x1B) // what ISO-2022 shifts with is not text there
                .filter(c -> isReversible(charset, encoder, c))
                .toArray();
        for (int i = 0; i < 500; i++) {
            String text = random.ints(random.nextInt(200), 0, alphabet.length)
                    .map(n -> alphabet[n])
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString();
            assertThat(roundTrip(charset, text)).as("seed %d, text %d", seed, i).isEqualTo(text);
        }
    }

    /** Some charsets write two characters alike, such as the backslash and the yen sign. */
    private static boolean isReversible(Charset charset, CharsetEncoder encoder, int codePoint) {
        String character = Character.toString(codePoint);
        return encoder.canEncode(character) && new String(character.getBytes(charset), charset).equals(character);
    }

    @Test
    void utf8IsTheSameAsJavasForRandomWellFormedText() {
        long seed = System.nanoTime();
        random.setSeed(seed);
        for (int i = 0; i < 2_000; i++) {
            String text = random.ints(random.nextInt(100), 0, Character.MAX_CODE_POINT + 1)
                    .filter(c -> c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE)
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString();
            byte[] bytes = new TextSerializer().serialize(TOPIC, text);
            assertThat(bytes).as("seed %d, text %d", seed, i).isEqualTo(text.getBytes(StandardCharsets.UTF_8));
            assertThat(new TextDeserializer().deserialize(TOPIC, bytes))
                    .as("seed %d, text %d", seed, i)
                    .isEqualTo(text);
        }
    }

    @Test
    void anyCharSequenceIsText() {
        assertThat(new TextSerializer().serialize(TOPIC, CharBuffer.wrap("abc")))
                .isEqualTo("abc".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void nullIsATombstoneAndEmptyTextIsNot() {
        assertThat(new TextSerializer().serialize(TOPIC, null)).isNull();
        assertThat(new TextSerializer().serialize(TOPIC, "")).isEmpty();
        assertThat(new TextDeserializer().deserialize(TOPIC, null)).isNull();
        assertThat(new TextDeserializer().deserialize(TOPIC, new RecordHeaders(), (ByteBuffer) null))
                .isNull();
        assertThat(new TextDeserializer().deserialize(TOPIC, new byte[0])).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "UTF-16BE", "ISO-8859-1"})
    void readsWhatRemainsInABufferAndLeavesTheBufferAsItWas(String name) {
        Charset charset = Charset.forName(name);
        ByteBuffer heap = ByteBuffer.wrap("..Grüße..".getBytes(charset));
        int dot = ".".getBytes(charset).length;
        heap.position(2 * dot).limit(heap.limit() - 2 * dot);
        ByteBuffer direct = ByteBuffer.allocateDirect(100).put(heap.duplicate()).flip();

        for (ByteBuffer buffer : List.of(heap, heap.slice(), heap.asReadOnlyBuffer(), direct)) {
            ByteBuffer before = buffer.duplicate();
            assertThat(new TextDeserializer(charset).deserialize(TOPIC, new RecordHeaders(), buffer))
                    .isEqualTo("Grüße");
            assertThat(buffer.position()).isEqualTo(before.position());
            assertThat(buffer.limit()).isEqualTo(before.limit());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "ISO-2022-JP"})
    void eightThreadsMayShareOneSerializer(String name) throws Exception {
        Charset charset = Charset.forName(name);
        TextSerializer serializer = new TextSerializer(charset);
        TextDeserializer deserializer = new TextDeserializer(charset);
        int threads = 8;
        CyclicBarrier start = new CyclicBarrier(threads);
        Callable<Void> work = () -> {
            start.await();
            for (int i = 0; i < 2_000; i++) {
                String text = Thread.currentThread().getName() + " 漢字 " + i;
                assertThat(deserializer.deserialize(TOPIC, serializer.serialize(TOPIC, text)))
                        .isEqualTo(text);
            }
            return null;
        };
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            for (Future<Void> thread : pool.invokeAll(Collections.nCopies(threads, work))) {
                thread.get();
            }
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void aClientConfiguresItByClassNameSeparatelyForKeysAndValues() {
        Map<String, String> config = Map.of(
                "text.charset", "UTF-16BE",
                "key.text.charset", "ISO-8859-1");
        TextSerializer keys = new TextSerializer();
        keys.configure(config, true);
        TextSerializer values = new TextSerializer();
        values.configure(config, false);
        TextDeserializer keyReader = new TextDeserializer();
        keyReader.configure(config, true);
        TextDeserializer valueReader = new TextDeserializer();
        valueReader.configure(config, false);

        assertThat(keys.serialize(TOPIC, "ü")).containsExactly(0xfc);
        assertThat(values.serialize(TOPIC, "ü")).containsExactly(0, 0xfc);
        assertThat(keyReader.deserialize(TOPIC, keys.serialize(TOPIC, "ü"))).isEqualTo("ü");
        assertThat(valueReader.deserialize(TOPIC, values.serialize(TOPIC, "ü"))).isEqualTo("ü");
    }

    @Test
    void aConfigurationWithoutACharsetLeavesTheOneOfTheConstructor() {
        TextSerializer serializer = new TextSerializer(StandardCharsets.UTF_16LE);
        serializer.configure(Map.of("value.serializer", "unrelated"), false);
        assertThat(serializer.serialize(TOPIC, "a")).containsExactly('a', 0);
    }

    private static @Nullable String roundTrip(Charset charset, String text) {
        return new TextDeserializer(charset).deserialize(TOPIC, new TextSerializer(charset).serialize(TOPIC, text));
    }
}
