// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli.offsets;

import io.kurier.plugins.host.internal.offsets.OffsetJson;
import io.kurier.plugins.host.internal.offsets.OffsetKey;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.io.ObjectStreamConstants;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.connect.errors.DataException;
import org.jspecify.annotations.Nullable;

/**
 * The file in which Connect's standalone worker keeps its source offsets ({@code offset.storage.file.filename}): a
 * {@code HashMap} with keys and values in Connect's JSON, as bytes, written by Java's serialization. No other class is
 * accepted.
 */
public final class WorkerOffsetsFile {
    private static final Set<Class<?>> CLASSES = Set.of(HashMap.class, Map.Entry[].class, byte[].class);

    private WorkerOffsetsFile() {}

    /** Returns whether content begins as serialized objects do. */
    public static boolean isOne(byte[] content) {
        return content.length > 1
                && content[0] == (byte) (ObjectStreamConstants.STREAM_MAGIC >>> Byte.SIZE)
                && content[1] == (byte) ObjectStreamConstants.STREAM_MAGIC;
    }

    /**
     * Returns the offsets of the file.
     *
     * @param connector the connector whose offsets are meant; null for all
     * @throws OffsetsInputException if it is no such file
     */
    public static Map<OffsetKey, @Nullable Map<String, ?>> parse(byte[] content, @Nullable String connector) {
        Map<OffsetKey, @Nullable Map<String, ?>> offsets = new LinkedHashMap<>();
        try {
            read(content).forEach((key, value) -> {
                Optional<OffsetKey> parsed = key == null ? Optional.empty() : OffsetJson.parseKey((byte[]) key);
                if (parsed.isPresent()
                        && value != null
                        && (connector == null || connector.equals(parsed.get().connector()))) {
                    offsets.put(parsed.get(), OffsetJson.map(OffsetJson.parse((byte[]) value)));
                }
            });
        } catch (IOException | ClassNotFoundException | ClassCastException | DataException e) {
            throw new OffsetsInputException(
                    "it is a file of Java's serialization, and none with source offsets of Connect's standalone worker: "
                            + e.getMessage(),
                    e);
        }
        return offsets;
    }

    private static Map<?, ?> read(byte[] content) throws IOException, ClassNotFoundException {
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(content))) {
            in.setObjectInputFilter(info -> filter(info, content.length));
            return (Map<?, ?>) in.readObject();
        }
    }

    /** Accepts the classes of such a file, and no array that is larger than the file. */
    private static ObjectInputFilter.Status filter(ObjectInputFilter.FilterInfo info, int size) {
        Class<?> type = info.serialClass();
        boolean accepted = (type == null || CLASSES.contains(type)) && info.arrayLength() <= size && info.depth() <= 2;
        return accepted ? ObjectInputFilter.Status.ALLOWED : ObjectInputFilter.Status.REJECTED;
    }
}
