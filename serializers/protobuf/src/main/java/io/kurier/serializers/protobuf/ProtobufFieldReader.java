// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.protobuf;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.Descriptors.Descriptor;
import io.kurier.serializers.internal.FieldPath;
import io.kurier.serializers.internal.FieldPayloads;
import io.kurier.serializers.internal.FieldProblem;
import io.kurier.serializers.internal.ReadLimits;
import io.kurier.spi.EncodedRecord;
import io.kurier.spi.FieldReader;
import io.kurier.spi.Frame;
import io.kurier.spi.Framing;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** Reads one field of messages, of the only type of a topic or the one that a record's header names. */
final class ProtobufFieldReader implements FieldReader {
    private final FieldPath path;
    private final ReadLimits limits;
    private final FieldPayloads payloads;

    /** The field in each type, by the type's full name. */
    private final Map<String, MessageField> byType;

    /** The field in the only type; null if a header names the type. */
    private final @Nullable MessageField only;

    private ProtobufFieldReader(
            FieldPath path,
            ReadLimits limits,
            FieldPayloads payloads,
            Map<String, MessageField> byType,
            @Nullable MessageField only) {
        this.path = path;
        this.limits = limits;
        this.payloads = payloads;
        this.byType = byType;
        this.only = only;
    }

    /**
     * Returns the reader of the messages of a topic. A field that one of several types does not have is missing from its
     * messages.
     *
     * @param types the types that are written, at least one
     * @param framings makes the framing, which need not know any schema
     * @throws ConfigException if none of the types has such a field
     */
    static ProtobufFieldReader of(
            FieldPath path, Collection<Descriptor> types, ReadLimits limits, Supplier<Framing> framings) {
        Map<String, MessageField> byType = new HashMap<>();
        FieldProblem first = null;
        boolean isFound = false;
        for (Descriptor type : types) {
            MessageField field = MessageField.of(path, type);
            byType.put(type.getFullName(), field);
            isFound |= field.problem() == null;
            first = first == null || (first.isMissing() && !isMissing(field)) ? field.problem() : first;
        }
        if (!isFound) {
            throw Objects.requireNonNull(first, "no type").atStart();
        }
        List<ProtobufSchema> known = types.stream().map(ProtobufSchema::new).toList();
        return new ProtobufFieldReader(
                path,
                limits,
                new FieldPayloads(path, limits, framings.get(), known),
                Map.copyOf(byType),
                byType.size() == 1 ? byType.values().iterator().next() : null);
    }

    private static boolean isMissing(MessageField field) {
        FieldProblem problem = field.problem();
        return problem != null && problem.isMissing();
    }

    @Override
    public byte @Nullable [] read(EncodedRecord record) {
        byte[] value = record.value();
        if (value == null) {
            return null;
        }
        Frame frame = payloads.frame(record, value);
        MessageField field = only == null ? ofHeader(record) : only;
        try {
            return field.read(value, frame.length(), value.length - frame.length(), limits.maxDepth());
        } catch (IOException e) {
            // Protobuf's own messages are constant texts.
            throw path.unreadable("it is no such message, or it is damaged: " + e.getMessage(), e);
        } catch (StackOverflowError e) {
            throw path.unreadable("its messages are nested so deeply that the thread's stack is full", null);
        }
    }

    private MessageField ofHeader(EncodedRecord record) {
        Header header = record.headers().lastHeader(ProtobufFormat.TYPE_HEADER);
        byte[] name = header == null ? null : header.value();
        MessageField field = name == null ? null : byType.get(new String(name, UTF_8));
        if (field == null) {
            throw path.unreadable(
                    name == null
                            ? "the record has no header " + ProtobufFormat.TYPE_HEADER
                                    + ", which must say of which type it" + " is"
                            : "the header " + ProtobufFormat.TYPE_HEADER + " of the record names no type of the topic",
                    null);
        }
        return field;
    }

    @Override
    public void close() {
        payloads.close();
    }
}
