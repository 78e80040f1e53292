// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.media;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.apache.kafka.common.TopicPartition;

/** Keeps blobs as files, see {@link BlobStore#inFolder}. */
final class FolderStore implements BlobStore<Path> {
    private final Path folder;

    FolderStore(Path folder) {
        this.folder = folder;
    }

    @Override
    public Draft<Path> begin(TopicPartition partition, long offset) throws IOException {
        Path ofTopic = Files.createDirectories(folder.resolve(partition.topic()));
        String name = partition.partition() + "-" + offset;
        PartFile draft = new PartFile(ofTopic.resolve(name + ".part"), ofTopic.resolve(name));
        // A reader that was killed may have left one.
        Files.write(draft.part, new byte[0]);
        return draft;
    }

    private record PartFile(Path part, Path whole) implements Draft<Path> {
        @Override
        public void append(byte[] bytes) throws IOException {
            Files.write(part, bytes, StandardOpenOption.APPEND);
        }

        @Override
        public Path keep(String sha256) throws IOException {
            return Files.move(part, whole, StandardCopyOption.ATOMIC_MOVE);
        }

        @Override
        public void discard() throws IOException {
            Files.deleteIfExists(part);
        }
    }
}
