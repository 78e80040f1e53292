// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.media;

import static io.kurier.serializers.media.BlobChunksTest.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderStoreTest {

    @TempDir
    Path folder;

    private final List<UndeliveredBlob> undelivered = new ArrayList<>();

    @Test
    void aBlobBecomesAFileOnceItIsWhole() throws IOException {
        byte[] bytes = bytes(4000);
        List<Sent> records = Sent.of(Blob.of(bytes).named("../../escape"));
        Path whole = folder.resolve("t").resolve("2-10");
        try (MediaReader<Path> reader = reader()) {
            for (int i = 0; i < 4; i++) {
                assertThat(reader.read(records.get(i).at(2, 10 + i))).isEmpty();
                assertThat(files())
                        .singleElement()
                        .extracting(Path::getParent)
                        .isEqualTo(folder.resolve("t").resolve("2-10.part"));
            }
            Optional<ReceivedBlob<Path>> received = reader.read(records.get(4).at(2, 14));
            assertThat(received.map(ReceivedBlob::content)).contains(whole);
            assertThat(received.flatMap(ReceivedBlob::name)).contains("../../escape");
        }
        assertThat(files()).containsExactly(whole);
        assertThat(Files.readAllBytes(whole)).isEqualTo(bytes);
    }

    @Test
    void aSingleRecordBecomesAFileToo() throws IOException {
        try (MediaReader<Path> reader = reader()) {
            Path file = reader.read(Sent.of(Blob.of(bytes(0))).get(0).at(0, 5))
                    .orElseThrow()
                    .content();
            assertThat(Files.size(file)).isZero();
            assertThat(files()).containsExactly(file);
        }
    }

    @Test
    void whatIsGivenUpForgottenOrUnfinishedAtTheEndLeavesNothing() throws IOException {
        List<Sent> records = Sent.of(Blob.of(bytes(4000)));
        try (MediaReader<Path> reader = reader()) {
            reader.read(records.get(0).at(0, 0));
            reader.read(records.get(2).at(0, 1));
            assertThat(undelivered).isEmpty();
            assertThat(files()).hasSize(1);
            reader.read(records.get(records.size() - 1).at(0, 2));
            assertThat(undelivered).hasSize(1);
            assertThat(files()).isEmpty();

            reader.read(records.get(0).at(1, 0));
            reader.forget(new TopicPartition("t", 1));
            assertThat(files()).isEmpty();

            reader.read(records.get(0).at(2, 0));
            assertThat(files()).hasSize(1);
        }
        assertThat(files()).isEmpty();
    }

    @Test
    void readingAgainAfterACrashWritesTheSameFileAnew() throws IOException {
        List<Sent> records = Sent.of(Blob.of(bytes(2000)));
        Path drafts = Files.createDirectories(folder.resolve("t").resolve("0-0.part"));
        Files.write(drafts.resolve("left"), bytes(9999));
        for (int round = 0; round < 2; round++) {
            try (MediaReader<Path> reader = reader()) {
                reader.read(records.get(0).at(0, 0));
                reader.read(records.get(1).at(0, 1));
                assertThat(reader.read(records.get(2).at(0, 2))).isPresent();
            }
            assertThat(files()).hasSize(1);
            assertThat(Files.readAllBytes(folder.resolve("t").resolve("0-0"))).isEqualTo(bytes(2000));
        }
    }

    @Test
    void aBlobThatCannotBeStoredIsNamedAndCanBeReadAgain() throws IOException {
        List<Sent> records = Sent.of(Blob.of(bytes(4000)));
        try (MediaReader<Path> reader = reader()) {
            reader.read(records.get(0).at(0, 7));
            Files.delete(files().get(0));
            assertThatThrownBy(() -> reader.read(records.get(1).at(0, 8)))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("the blob that begins at offset 7 of t-0 could not be stored")
                    .hasMessageContaining("seek to this offset");
            assertThat(reader.read(records.get(2).at(0, 9))).isEmpty();
            assertThat(reader.unfinished()).isEmpty();
            assertThat(undelivered).isEmpty();

            for (int i = 0; i < 4; i++) {
                assertThat(reader.read(records.get(i).at(0, 7 + i))).isEmpty();
            }
            assertThat(reader.read(records.get(4).at(0, 11))).isPresent();
        }
    }

    @Test
    void aBlobThatCannotEvenBeBegunIsNamedAndCanBeReadAgain() throws IOException {
        List<Sent> large = Sent.of(Blob.of(bytes(2000)));
        Sent small = Sent.of(Blob.of(bytes(5))).get(0);
        Path inTheWay = Files.createFile(folder.resolve("t"));
        try (MediaReader<Path> reader = reader()) {
            assertThatThrownBy(() -> reader.read(small.at(0, 6)))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("the blob that begins at offset 6 of t-0 could not be stored")
                    .hasMessageContaining("seek to this offset");
            assertThatThrownBy(() -> reader.read(large.get(0).at(0, 7)))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("the blob that begins at offset 7 of t-0 could not be stored");
            assertThat(reader.read(large.get(1).at(0, 8))).isEmpty();
            assertThat(undelivered).isEmpty();

            Files.delete(inTheWay);
            assertThat(reader.read(small.at(0, 6))).isPresent();
            for (int i = 0; i < 2; i++) {
                assertThat(reader.read(large.get(i).at(0, 7 + i))).isEmpty();
            }
            assertThat(reader.read(large.get(2).at(0, 9))).isPresent();
        }
    }

    /** One has lost the partition, say for want of polls, and goes on with what it had fetched. */
    @Test
    void twoReadersAtOneBlobNeverMixTheirBytes() throws IOException {
        byte[] bytes = bytes(6000);
        List<Sent> records = Sent.of(Blob.of(bytes));
        for (int lostAt = 1; lostAt < 7; lostAt++) {
            for (int ahead = 1; ahead < 7; ahead++) {
                try (MediaReader<Path> loser = reader();
                        MediaReader<Path> owner = reader()) {
                    for (int i = 0; i < lostAt; i++) {
                        loser.read(records.get(i).at(0, i));
                    }
                    for (int i = 0; i < ahead; i++) {
                        owner.read(records.get(i).at(0, i));
                    }
                    if (lostAt < 6) {
                        int next = lostAt;
                        assertThatThrownBy(() -> loser.read(records.get(next).at(0, next)))
                                .isInstanceOf(IOException.class)
                                .hasMessageContaining("could not be stored");
                    }
                    loser.forget(new TopicPartition("t", 0));
                    for (int i = ahead; i < 6; i++) {
                        owner.read(records.get(i).at(0, i));
                    }
                    Path whole =
                            owner.read(records.get(6).at(0, 6)).orElseThrow().content();
                    assertThat(Files.readAllBytes(whole)).isEqualTo(bytes);
                }
                assertThat(files()).hasSize(1);
            }
        }
    }

    @Test
    void aTopicThatLeadsOutOfTheFolderIsRefused() throws IOException {
        BlobStore<Path> store = BlobStore.inFolder(Files.createDirectory(folder.resolve("in")));
        for (String topic : List.of("..", ".", "../in2", "a/b", "/tmp", "")) {
            assertThatThrownBy(() -> store.begin(new TopicPartition(topic, 0), 0))
                    .as(topic)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("leads out of the folder");
        }
        assertThat(files()).isEmpty();
    }

    private MediaReader<Path> reader() {
        return new MediaReader<>(BlobStore.inFolder(folder), undelivered::add);
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }
}
