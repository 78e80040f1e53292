// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host;

import io.kurier.core.internal.config.Arguments;
import io.kurier.core.internal.config.Setting;
import io.kurier.plugins.host.internal.offsets.FileBackingStore;
import io.kurier.plugins.host.internal.offsets.MemoryBackingStore;
import io.kurier.plugins.host.internal.offsets.OffsetKey;
import io.kurier.plugins.host.internal.offsets.TopicBackingStore;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where the source offsets of a host's connectors are kept, so that they continue after a restart. One host uses one
 * storage at a time. The host calls one method at a time, from a thread that may wait.
 */
public interface OffsetStorage extends AutoCloseable {

    /** Returns a storage that forgets everything when the process ends. */
    static OffsetStorage inMemory() {
        return new BackedOffsetStorage(new MemoryBackingStore());
    }

    /**
     * Returns a storage in a file, which the first {@link #store} creates if there is none. Each store replaces the file
     * as a whole, so that a crash leaves the state before or after it. A second process that uses the
     * file at the same time is refused, by the lock of a file beside it, {@code <file>.lock}. A file that is damaged or
     * cut is refused too. A new file can be read and written by its owner only.
     *
     * @param file the file, in a folder that exists; nothing is opened before {@link #load}
     */
    static OffsetStorage inFile(Path file) {
        return new BackedOffsetStorage(new FileBackingStore(Objects.requireNonNull(file, "file")));
    }

    /**
     * Returns a storage in a compacted topic, in the format of Kafka Connect's distributed workers ({@code
     * offset.storage.topic}): a connector of the same name on a cluster with that topic continues where the host has
     * stopped, and the other way round. {@link #load} creates the topic if there is none, with 25 partitions; one that
     * exists may have any number, and must have {@code cleanup.policy=compact}. Offsets of connectors that the host does
     * not run stay as they are. Two processes that run one connector with one topic are not noticed.
     *
     * @param topic the topic's physical name
     * @param config the keys of {@code kurier.properties}, of which those of the connection are used ({@code
     *     bootstrap.servers}, {@code security.protocol}, {@code ssl.*}, {@code sasl.*}, {@code client.id}, {@code
     *     config.providers}, {@code start.max.wait.ms}); nothing is connected before {@link #load}
     */
    static OffsetStorage inTopic(String topic, Map<String, String> config) {
        Objects.requireNonNull(topic, "topic");
        Arguments.checkKeys("config", config);
        return new BackedOffsetStorage(new TopicBackingStore(
                topic,
                config.entrySet().stream()
                        .map(key -> new Setting(key.getKey(), key.getValue(), "code"))
                        .toList()));
    }

    /**
     * Reads all offsets and begins the use of the storage; called before the first connector starts.
     *
     * @return the last offset of each source partition, with the types that JSON has: strings, booleans, longs, doubles;
     *     a map may have null values. The caller may change the outer map
     * @throws OffsetStorageException if they cannot be read, are damaged, or another process uses the storage
     */
    Map<SourcePartition, Map<String, Object>> load();

    /**
     * Stores offsets, in a way that survives a crash of this process as soon as the method returns.
     *
     * @param offsets the offsets that have changed; null forgets a source partition
     * @throws OffsetStorageException if they may not be stored. The host calls the method again later, with these
     *     offsets or later ones
     * @throws org.apache.kafka.connect.errors.DataException if an offset has a value that Connect does not take: other
     *     than null, a string, a boolean, a number of a primitive type, or bytes. Nothing is stored then
     * @throws IllegalStateException if {@link #load} was not called
     */
    void store(Map<SourcePartition, @Nullable Map<String, ?>> offsets);

    /**
     * Returns the way to store offsets in the transaction of their records, which connectors with {@code
     * exactly.once.support=required} need. Only the storage of {@link #inTopic} has one; a storage around another one
     * returns that of the other.
     */
    default Optional<TransactionalOffsets> transactional() {
        return Optional.empty();
    }

    /** Ends the use of the storage; closes files and connections. */
    @Override
    void close();

    /**
     * A part of a connector's input. Two are equal if Connect takes them for the same, whatever the order of the map
     * and whatever the types of its numbers: a connector gives an integer, and gets a long after a restart.
     *
     * @param connector the connector's name
     * @param partition what identifies the part, as the connector names it, in the order of the connector's map: a
     *     Connect worker finds an offset by it. Integers are longs here, floating-point numbers doubles, bytes strings
     *     in Base64; values may be null
     */
    record SourcePartition(String connector, Map<String, ?> partition) {
        /**
         * Copies the map.
         *
         * @throws org.apache.kafka.connect.errors.DataException if the map has a value that Connect does not take
         */
        public SourcePartition {
            Objects.requireNonNull(connector, "connector");
            Objects.requireNonNull(partition, "partition");
            partition = OffsetKey.of(connector, partition).partition();
        }
    }
}
