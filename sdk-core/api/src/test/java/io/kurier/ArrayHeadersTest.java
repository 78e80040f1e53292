// SPDX-License-Identifier: Apache-2.0
package io.kurier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.junit.jupiter.api.Test;

class ArrayHeadersTest {
    private final ArrayHeaders headers = new ArrayHeaders();

    /** Kafka's own implementation, the way that its public API offers. */
    private static Headers kafkas() {
        return new ProducerRecord<>("topic", null, null, null, null, null).headers();
    }

    @Test
    void doesWhatKafkasHeadersDoOverRandomSteps() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int run = 0; run < 500; run++) {
            Headers ours = new ArrayHeaders();
            Headers kafkas = kafkas();
            for (int step = 0; step < 12; step++) {
                String name = "name" + random.nextInt(3);
                byte[] value = random.nextInt(4) == 0 ? null : new byte[] {(byte) step};
                switch (random.nextInt(4)) {
                    case 0 -> same("remove", seed, ours.remove(name), kafkas.remove(name));
                    case 1 -> {
                        Header header = ArrayHeaders.header(name, value);
                        same("add", seed, ours.add(header), kafkas.add(header));
                    }
                    default -> same("add", seed, ours.add(name, value), kafkas.add(name, value));
                }
                assertThat(words(ours.headers(name))).as("seed %d", seed).isEqualTo(words(kafkas.headers(name)));
                Header last = ours.lastHeader(name);
                Header kafkasLast = kafkas.lastHeader(name);
                assertThat(last == null ? null : word(last))
                        .as("seed %d", seed)
                        .isEqualTo(kafkasLast == null ? null : word(kafkasLast));
            }
        }
    }

    private static void same(String what, long seed, Headers ours, Headers kafkas) {
        assertThat(words(ours)).as("%s, seed %d", what, seed).isEqualTo(words(kafkas));
        assertThat(words(List.of(ours.toArray()))).isEqualTo(words(List.of(kafkas.toArray())));
    }

    private static List<String> words(Iterable<Header> headers) {
        return StreamSupport.stream(headers.spliterator(), false)
                .map(ArrayHeadersTest::word)
                .toList();
    }

    private static String word(Header header) {
        return header.key() + "=" + (header.value() == null ? "null" : header.value()[0]);
    }

    @Test
    void isTakenByKafkasProducerRecordInOrder() {
        headers.add("b", new byte[] {1}).add("a", null).add("b", new byte[] {2});
        Headers sent = new ProducerRecord<>("topic", null, null, null, null, headers).headers();
        assertThat(words(sent)).containsExactly("b=1", "a=null", "b=2");
    }

    @Test
    void isACopyThatDoesNotFollowItsOrigin() {
        headers.add("a", new byte[] {1});
        ArrayHeaders copy = new ArrayHeaders(headers);
        headers.add("b", new byte[] {2});
        assertThat(words(copy)).containsExactly("a=1");
        copy.add("c", new byte[] {3});
        assertThat(words(headers)).containsExactly("a=1", "b=2");
    }

    @Test
    void canBeEmptiedThroughItsIterator() {
        headers.add("a", null);
        Iterator<Header> all = headers.iterator();
        all.next();
        all.remove();
        assertThat(headers).isEmpty();
        assertThat(headers.toArray()).isEmpty();
        assertThat(headers).isEqualTo(new ArrayHeaders()).hasSameHashCodeAs(new ArrayHeaders());
    }

    @Test
    void isEqualByNamesAndBytesInOrder() {
        headers.add("a", new byte[] {1}).add("b", null);
        Headers same = new ArrayHeaders().add("a", new byte[] {1}).add("b", null);
        assertThat(headers).isEqualTo(same).hasSameHashCodeAs(same);
        assertThat(headers)
                .isNotEqualTo(new ArrayHeaders().add("b", null).add("a", new byte[] {1}))
                .isNotEqualTo(new ArrayHeaders().add("a", new byte[] {2}).add("b", null));
    }

    @Test
    void refusesNullForANameOrAHeader() {
        assertThatThrownBy(() -> headers.add((Header) null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> headers.add(null, new byte[0])).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> headers.remove(null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> headers.lastHeader(null)).isInstanceOf(NullPointerException.class);
        List<Header> withNull = new ArrayList<>();
        withNull.add(null);
        assertThatThrownBy(() -> new ArrayHeaders(withNull)).isInstanceOf(NullPointerException.class);
    }

    @Test
    void showsNamesAndNoValue() {
        headers.add("a", new byte[] {42}).add("b", null);
        assertThat(headers).hasToString("[a, b]");
        assertThat(headers.lastHeader("a")).hasToString("a");
    }
}
