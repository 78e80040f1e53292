// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.protobuf;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.kurier.plugins.files.ConnectorRun;
import io.kurier.plugins.protobuf.shop.LineItem;
import io.kurier.plugins.protobuf.shop.Order;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class DamagedFileTest {
    private static final int MESSAGES = 6;

    @TempDir
    Path folder;

    private record Outcome(List<ByteString> published, List<String> rejections, int finished) {}

    @Test
    void aFileThatIsCutAnywhereGivesWhatIsWholeAndNamesTheRest() throws IOException {
        List<Order> orders = orders();
        byte[] whole = Shop.delimited(orders);
        List<Integer> ends = ends(orders);
        for (int size = 0; size < whole.length; size++) {
            int cut = size;
            int complete = (int) ends.stream().filter(end -> end <= cut).count();
            boolean between = size == 0 || ends.contains(size);
            Outcome outcome = read(Arrays.copyOf(whole, size));
            assertThat(outcome.published)
                    .as("cut at byte " + size)
                    .isEqualTo(Shop.bytesOf(orders.subList(0, complete)));
            if (between) {
                assertThat(outcome.rejections).isEmpty();
                assertThat(outcome.finished).isEqualTo(1);
            } else {
                int start = complete == 0 ? 0 : ends.get(complete - 1);
                assertThat(outcome.rejections)
                        .singleElement()
                        .asString()
                        .startsWith("message " + (complete + 1) + ", byte " + start + ": ");
                assertThat(outcome.finished).isZero();
            }
        }
    }

    @Test
    void aFileThatGrowsFromAnywhereIsReadOnFromTheLastWholeMessage() throws IOException {
        List<Order> orders = orders();
        byte[] whole = Shop.delimited(orders);
        for (int size = 0; size < whole.length; size++) {
            Path file = folder.resolve("orders.pb");
            try (ConnectorRun run = shop(Arrays.copyOf(whole, size)).start(Map.of())) {
                List<ByteString> published = new ArrayList<>(Shop.bytes(run.drain()));
                Files.write(file, Arrays.copyOfRange(whole, size, whole.length), StandardOpenOption.APPEND);
                List<SourceRecord> later = run.drain();
                published.addAll(Shop.bytes(later));
                assertThat(published).as("grown from byte " + size).isEqualTo(Shop.bytesOf(orders));
                assertThat(later.get(later.size() - 1).sourceOffset().get("message"))
                        .isEqualTo((long) MESSAGES);
            }
        }
    }

    /**
     * The layout has no checksum, so a third of all flips, those in a value and some in a tag, make another valid message
     * and nobody can tell. But none does harm beyond the message that it is in without being told.
     */
    @Test
    void aFlippedBitAnywhereSpoilsNothingBeforeItAndStopsNobody() throws IOException {
        List<Order> orders = orders();
        byte[] whole = Shop.delimited(orders);
        List<Integer> ends = ends(orders);
        for (int bit = 0; bit < whole.length * 8; bit++) {
            byte[] damaged = whole.clone();
            int place = bit / 8;
            damaged[place] ^= (byte) (1 << bit % 8);
            int before = (int) ends.stream().filter(end -> end <= place).count();
            Outcome outcome = read(damaged);
            assertThat(outcome.published.subList(0, Math.min(before, outcome.published.size())))
                    .as("bit " + bit)
                    .isEqualTo(Shop.bytesOf(orders.subList(0, before)));
            if (outcome.rejections.isEmpty()) {
                assertThat(without(before, outcome.published))
                        .as("bit " + bit)
                        .isEqualTo(without(before, Shop.bytesOf(orders)));
                assertThat(outcome.finished).isEqualTo(1);
            }
        }
    }

    @Test
    void aMessageThatCannotBeParsedIsRejectedAloneIfTheLengthsBehindItAreRight() throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        Shop.order(1).writeDelimitedTo(file);
        file.writeBytes(new byte[] {3, 0x0A, 9, 'x'});
        Shop.order(2).writeDelimitedTo(file);
        file.writeBytes(new byte[] {1, 0});
        Shop.order(3).writeDelimitedTo(file);

        Outcome outcome = read(file.toByteArray());
        assertThat(outcome.published).isEqualTo(Shop.bytesOf(List.of(Shop.order(1), Shop.order(2), Shop.order(3))));
        assertThat(outcome.rejections)
                .satisfiesExactly(
                        text -> assertThat(text).startsWith("message 2, byte "),
                        text -> assertThat(text).startsWith("message 4, byte "));
        assertThat(outcome.finished).isEqualTo(1);
    }

    @Test
    void aMessageThatCannotBeParsedEndsTheFileIfTheLengthsBehindItAreWrong() throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        Shop.order(1).writeDelimitedTo(file);
        file.writeBytes(new byte[] {3, 0x0A, 9, 'x'});
        Shop.order(2).writeDelimitedTo(file);
        file.write(100);

        Outcome outcome = read(file.toByteArray());
        assertThat(outcome.published).isEqualTo(Shop.bytesOf(List.of(Shop.order(1))));
        assertThat(outcome.rejections)
                .singleElement()
                .asString()
                .startsWith("message 2, byte ")
                .contains("the lengths behind it do not lead to the end of the file either");
        assertThat(outcome.finished).isZero();
    }

    @Test
    void aMessageThatCannotBeParsedWaitsWhileTheFileIsStillBeingWritten() throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(new byte[] {3, 0x0A, 9, 'x', 10, 0x0A});
        Shop shop = shop(file.toByteArray());
        try (ConnectorRun run = shop.start(Map.of("scan.interval.ms", "3600000"))) {
            assertThat(run.poll()).isEmpty();
            assertThat(run.rejected).isEmpty();
        }
    }

    @Test
    void aLengthOfMoreThanFiveBytesIsNone() throws IOException {
        for (byte[] length : List.of(
                new byte[] {-1, -1, -1, -1, -1, -1, -1, -1, -1, 1},
                new byte[] {-1, -1, -1, -1, 15},
                new byte[] {-128, -128, -128, -128, -128, 0})) {
            assertThat(read(length).rejections)
                    .singleElement()
                    .asString()
                    .startsWith("message 1, byte 0: what stands where its length should is none");
        }
    }

    private Outcome read(byte[] content) throws IOException {
        try (ConnectorRun run = shop(content).start(Map.of("max.record.bytes", "1000"))) {
            List<ByteString> published = new ArrayList<>(Shop.bytes(run.drain()));
            return new Outcome(published, List.copyOf(run.rejections()), run.finished.size());
        }
    }

    private Shop shop(byte[] content) throws IOException {
        Shop shop = new Shop(folder);
        shop.write("orders.desc", Shop.set(Order.getDescriptor().getFile()));
        shop.write("orders.pb", content);
        return shop;
    }

    private static List<ByteString> without(int index, List<ByteString> messages) {
        List<ByteString> others = new ArrayList<>(messages);
        others.remove(index);
        return others;
    }

    private static List<Order> orders() {
        List<Order> orders = new ArrayList<>();
        for (int number = 0; number < MESSAGES; number++) {
            orders.add(Order.newBuilder()
                    .setId("o" + number)
                    .addItems(LineItem.newBuilder().setSku("ü").setCount(300 + number))
                    .build());
        }
        return orders;
    }

    /** Where each message ends in the file. */
    private static List<Integer> ends(List<Order> orders) throws IOException {
        List<Integer> ends = new ArrayList<>();
        for (int count = 1; count <= orders.size(); count++) {
            ends.add(Shop.delimited(orders.subList(0, count)).length);
        }
        return ends;
    }
}
