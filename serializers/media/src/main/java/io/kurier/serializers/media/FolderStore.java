// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.media;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import org.apache.kafka.common.TopicPartition;

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
        String name = partition.partition() + "-" + offset;
        Path drafts = Files.createDirectories(ofTopic.resolve(name + PART));
        // Of a reader that was killed; or of one that lost the partition without noticing, which fails then.
        try (DirectoryStream<Path> left = Files.newDirectoryStream(drafts)) {
            for (Path each : left) {
                Files.delete(each);
            }
        }
        // A name of its own: bytes of two readers must never come into one file.
        Path part = Files.createFile(drafts.resolve(UUID.randomUUID().toString()));
        return new PartFile(drafts, part, ofTopic.resolve(name));
    }

    /** Kafka has no topic that would lead out of the folder, but a broker could tell of one. */
    private Path folderOf(String topic) throws IOException {
        Path base = folder.toAbsolutePath().normalize();
        if (!base.equals(base.resolve(topic).normalize().getParent())) {
            throw new IOException("a topic's name leads out of the folder " + folder);
        }
        return folder.resolve(topic);
    }

    private record PartFile(Path drafts, Path part, Path whole) implements Draft<Path> {
        @Override
        public void append(byte[] bytes) throws IOException {
            Files.write(part, bytes, StandardOpenOption.APPEND);
        }

        @Override
        public Path keep(String sha256) throws IOException {
            Files.move(part, whole, StandardCopyOption.ATOMIC_MOVE);
            leave();
            return whole;
        }

        @Override
        public void discard() throws IOException {
            Files.deleteIfExists(part);
            leave();
        }

        private void leave() throws IOException {
            try {
                Files.deleteIfExists(drafts);
            } catch (DirectoryNotEmptyException e) {
                // Another reader is at the same blob, and leaves it later.
            }
        }
    }
}
