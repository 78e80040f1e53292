// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody else may write into the folder of blobs, and must not get at files elsewhere. */
class HostileFolderTest {
    private static final int ROUNDS = 8_000;
    private static final TopicPartition PARTITION = new TopicPartition("t", 0);
    private static final byte[] BYTES = {1, 2, 3};

    @TempDir
    Path temporary;

    private Path inbox;
    private Path stranger;
    private Path topic;

    @BeforeEach
    void aStrangerHasFiles() throws IOException {
        inbox = temporary.resolve("inbox");
        topic = Files.createDirectories(inbox.resolve("t"));
        stranger = Files.createDirectories(temporary.resolve("stranger"));
        Files.createDirectory(stranger.resolve("0-0.part"));
        for (Path folder : List.of(stranger, stranger.resolve("0-0.part"))) {
            Files.writeString(folder.resolve("letter"), "dear");
            Files.writeString(folder.resolve("0-0"), "dear");
        }
    }

    @Test
    void aLinkInPlaceOfADraftsFolderIsRefusedAndWhatItLeadsToStays() throws IOException {
        Files.createSymbolicLink(topic.resolve("0-0.part"), stranger);
        BlobStore<Path> store = BlobStore.inFolder(inbox);
        assertThatThrownBy(() -> store.begin(PARTITION, 0))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("0-0.part is a symbolic link or no folder")
                .hasMessageContaining("Remove it");
        assertStrangersFilesAreWhole();
        Files.delete(topic.resolve("0-0.part"));
        assertThat(stored(store)).isEqualTo(BYTES);
    }

    @Test
    void aLinkThatComesWhileABlobIsReadIsRefusedToo() throws IOException {
        BlobStore<Path> store = BlobStore.inFolder(inbox);
        for (boolean keep : new boolean[] {false, true}) {
            BlobStore.Draft<Path> draft = store.begin(PARTITION, 0);
            draft.append(BYTES);
            Path drafts = topic.resolve("0-0.part");
            Path part = onlyFile(drafts);
            Files.copy(part, stranger.resolve(part.getFileName()));
            Files.delete(part);
            Files.delete(drafts);
            Files.createSymbolicLink(drafts, stranger);
            assertThatThrownBy(() -> draft.append(BYTES)).isInstanceOf(IOException.class);
            if (keep) {
                assertThatThrownBy(() -> draft.keep("")).isInstanceOf(IOException.class);
            } else {
                assertThatThrownBy(draft::discard).isInstanceOf(IOException.class);
            }
            assertThat(stranger.resolve(part.getFileName())).hasBinaryContent(BYTES);
            Files.delete(stranger.resolve(part.getFileName()));
            Files.delete(drafts);
        }
        assertStrangersFilesAreWhole();
    }

    @Test
    void anotherFileUnderTheNameOfADraftIsNotWritten() throws IOException {
        BlobStore<Path> store = BlobStore.inFolder(inbox);
        BlobStore.Draft<Path> draft = store.begin(PARTITION, 0);
        Path part = onlyFile(topic.resolve("0-0.part"));
        Files.delete(part);
        Files.createLink(part, stranger.resolve("letter"));
        assertThatThrownBy(() -> draft.append(BYTES))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("is another file than the one that was made");
        Files.delete(part);
        Files.createSymbolicLink(part, stranger.resolve("letter"));
        assertThatThrownBy(() -> draft.append(BYTES)).isInstanceOf(IOException.class);
        draft.discard();
        assertStrangersFilesAreWhole();
    }

    @Test
    void aLinkInPlaceOfATopicsFolderIsRefused() throws IOException {
        Files.delete(topic);
        Files.createSymbolicLink(topic, stranger);
        assertThatThrownBy(() -> BlobStore.inFolder(inbox).begin(PARTITION, 0))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("is a symbolic link or no folder");
        assertStrangersFilesAreWhole();
    }

    @Test
    void theFolderItselfMayBeALink() throws IOException {
        Path link = Files.createSymbolicLink(temporary.resolve("link"), inbox);
        assertThat(stored(BlobStore.inFolder(link))).isEqualTo(BYTES);
        assertThat(topic.resolve("0-0")).hasBinaryContent(BYTES);
    }

    @Test
    void thousandsOfRoundsAgainstSomebodyWhoPutsLinksInPlaceLeaveEveryStrangersFile() throws Exception {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        AtomicBoolean ended = new AtomicBoolean();
        Thread hostile = new Thread(() -> swap(new Random(seed), ended), "hostile");
        hostile.start();
        int whole = 0;
        int refused = 0;
        try {
            for (int round = 0; round < ROUNDS; round++) {
                try {
                    BlobStore.Draft<Path> draft = BlobStore.inFolder(inbox).begin(PARTITION, 0);
                    draft.append(BYTES);
                    if (random.nextBoolean()) {
                        draft.keep("");
                    } else {
                        draft.discard();
                    }
                    whole++;
                } catch (IOException e) {
                    refused++;
                }
                if (round % 100 == 0) {
                    assertStrangersFilesAreWhole("seed " + seed + ", round " + round);
                }
            }
        } finally {
            ended.set(true);
            hostile.join();
        }
        assertStrangersFilesAreWhole("seed " + seed);
        assertThat(whole)
                .as("seed %s: the attack leaves some rounds alone", seed)
                .isPositive();
        assertThat(refused)
                .as("seed %s: the attack comes in time for some rounds", seed)
                .isPositive();
        remove(topic.resolve("0-0.part"));
        remove(topic.resolve("0-0"));
        assertThat(stored(BlobStore.inFolder(inbox))).isEqualTo(BYTES);
    }

    /** Puts links, files and folders in place of the folder of drafts and of the file that is to come. */
    private void swap(Random random, AtomicBoolean ended) {
        while (!ended.get()) {
            Path place = topic.resolve(random.nextInt(4) == 0 ? "0-0" : "0-0.part");
            try {
                remove(place);
                switch (random.nextInt(4)) {
                    case 0 -> Files.createSymbolicLink(place, stranger);
                    case 1 -> Files.createSymbolicLink(place, stranger.resolve("letter"));
                    case 2 -> Files.createSymbolicLink(place, stranger.resolve("0-0.part"));
                    default -> Thread.yield();
                }
                Thread.yield();
            } catch (IOException e) {
                // The reader was quicker.
                continue;
            }
        }
    }

    private static void remove(Path place) throws IOException {
        if (!Files.isSymbolicLink(place) && Files.isDirectory(place)) {
            try (Stream<Path> files = Files.list(place)) {
                for (Path each : files.toList()) {
                    Files.deleteIfExists(each);
                }
            } catch (FileSystemException e) {
                // It has become a link or is gone: what follows removes that.
                return;
            }
        }
        Files.deleteIfExists(place);
    }

    private static byte[] stored(BlobStore<Path> store) throws IOException {
        BlobStore.Draft<Path> draft = store.begin(PARTITION, 0);
        draft.append(BYTES);
        return Files.readAllBytes(draft.keep(""));
    }

    private static Path onlyFile(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.findFirst().orElseThrow();
        }
    }

    private void assertStrangersFilesAreWhole() throws IOException {
        assertStrangersFilesAreWhole("");
    }

    private void assertStrangersFilesAreWhole(String when) throws IOException {
        try (Stream<Path> all = Files.walk(stranger)) {
            assertThat(all.filter(Files::isRegularFile))
                    .as(when)
                    .hasSize(4)
                    .allSatisfy(file -> assertThat(file).hasContent("dear"));
        }
    }
}
