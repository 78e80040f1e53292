// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.media;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.UUID;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Keeps blobs as files, see {@link BlobStore#inFolder}. */
final class FolderStore implements BlobStore<Path> {
    private static final String PART = ".part";

    private final Path folder;

    FolderStore(Path folder) {
        this.folder = folder;
    }

    @Override
    public Draft<Path> begin(TopicPartition partition, long offset) throws IOException {
        Path ofTopic = folderOf(partition.topic());
        Path whole = Path.of(partition.partition() + "-" + offset);
        Path drafts = Path.of(whole + PART);
        Files.createDirectories(folder);
        make(ofTopic);
        // A unique name: the bytes of two readers must never be in one file.
        Path part = Path.of(UUID.randomUUID().toString());
        try (OpenFolder topic = OpenFolder.of(ofTopic)) {
            make(ofTopic.resolve(drafts));
            try (OpenFolder opened = topic.folder(drafts)) {
                // Files of a reader that was killed, or of one that lost the partition without noticing, which fails
                // then.
                opened.clear();
                return new PartFile(ofTopic, drafts, part, opened.create(part), whole);
            }
        }
    }

    /** When the folder is opened, it is checked that the name is a folder and not a link to one. */
    private static void make(Path each) throws IOException {
        try {
            Files.createDirectory(each);
        } catch (FileAlreadyExistsException e) {
            // It exists already.
            return;
        }
    }

    /** Kafka has no topic that would lead out of the folder, but a broker could report one. */
    private Path folderOf(String topic) throws IOException {
        Path base = folder.toAbsolutePath().normalize();
        if (!base.equals(base.resolve(topic).normalize().getParent())) {
            throw new IOException("a topic's name leads out of the folder " + folder);
        }
        return folder.resolve(topic);
    }

    /**
     * A file that grows.
     *
     * @param drafts the name of the folder that it is in, in the folder of its topic
     * @param key identifies it on its file system, if that has keys
     */
    private record PartFile(
            Path ofTopic, Path drafts, Path part, @Nullable Object key, Path whole) implements Draft<Path> {
        @Override
        public void append(byte[] bytes) throws IOException {
            try (OpenFolder topic = OpenFolder.of(ofTopic);
                    OpenFolder opened = topic.folder(drafts)) {
                opened.append(part, key, bytes);
            }
        }

        @Override
        public Path keep(String sha256) throws IOException {
            try (OpenFolder topic = OpenFolder.of(ofTopic)) {
                try (OpenFolder opened = topic.folder(drafts)) {
                    opened.move(part, topic, whole);
                }
                leave(topic);
            }
            return ofTopic.resolve(whole);
        }

        @Override
        public void discard() throws IOException {
            try (OpenFolder topic = OpenFolder.of(ofTopic)) {
                try (OpenFolder opened = topic.folder(drafts)) {
                    opened.delete(part);
                } finally {
                    leave(topic);
                }
            } catch (NoSuchFileException e) {
                // Another reader has begun the same blob and deleted it.
                return;
            }
        }

        private void leave(OpenFolder topic) {
            try {
                topic.deleteFolder(drafts);
            } catch (IOException e) {
                // Another reader uses the folder for the same blob, and leaves it later; or has left it.
                return;
            }
        }
    }
}
