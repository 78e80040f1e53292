// SPDX-License-Identifier: Apache-2.0
package io.kurier.guards.encrypt.internal.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kurier.guards.encrypt.internal.fields.FieldChange;
import io.kurier.guards.encrypt.internal.fields.FieldTree;
import io.kurier.guards.encrypt.internal.fields.Place;
import io.kurier.guards.encrypt.internal.fields.SealedFields;
import io.kurier.serializers.internal.ClientConfig;
import io.kurier.serializers.internal.Framings;
import io.kurier.serializers.internal.GuardedValues;
import io.kurier.serializers.internal.NoFraming;
import io.kurier.serializers.internal.ReadLimits;
import io.kurier.spi.EncodedRecord;
import io.kurier.spi.FrameReader;
import io.kurier.spi.Framing;
import io.kurier.spi.GuardSettings;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Encrypts named fields of JSON texts, and opens them. What is encrypted is the field's value as it is written, of any
 * kind; a JSON string with the envelope takes its place, and no other byte changes. A name on the way to a field must
 * not be twice in an object, since readers do not agree which of the two counts. Safe for use by any number of threads.
 */
public final class JsonFields implements SealedFields {
    private static final String JSON = "json";

    /** That of the serializer and the deserializer. */
    private static final ReadLimits LIMITS = ReadLimits.defaults(JSON, 500);

    private final FieldTree fields;
    private final int maxDepth;
    private final FrameReader frames;
    private final UnfoundFields unfound;
    private final Runnable onClose;

    private JsonFields(FieldTree fields, int maxDepth, FrameReader frames, UnfoundFields unfound, Runnable onClose) {
        this.fields = fields;
        this.maxDepth = maxDepth;
        this.frames = frames;
        this.unfound = unfound;
        this.onClose = onClose;
    }

    /**
     * Returns what encrypts the fields of a topic whose serializer writes JSON.
     *
     * @throws ConfigException if the serializer's framing cannot be read
     */
    public static JsonFields sealing(FieldTree fields, GuardSettings settings) {
        GuardedValues values = new GuardedValues(settings, JSON, JsonFields.class, Set.of());
        try {
            int maxDepth =
                    LIMITS.with(values.keys(LIMITS.defineIn(new ConfigDef()))).maxDepth();
            return new JsonFields(
                    fields,
                    maxDepth,
                    values.frames(List.of()),
                    new UnfoundFields(fields, settings.alias()),
                    values::close);
        } catch (RuntimeException e) {
            values.close();
            throw e;
        }
    }

    /**
     * Returns what opens the fields of records.
     *
     * @param configs the keys of a consumer, among which {@code json.framing} and {@code json.max.depth} are read as
     *     those of the deserializer of JSON
     * @throws ConfigException if one of them is wrong
     */
    public static JsonFields opening(FieldTree fields, Map<String, ?> configs) {
        ClientConfig config = new ClientConfig(configs, false);
        int maxDepth = LIMITS.with(config).maxDepth();
        Framings framings = Framings.of(JSON, JsonFields.class);
        Framing framing = framings.forPayload(config).orElse(NoFraming.INSTANCE);
        return new JsonFields(
                fields, maxDepth, framing.reader(List.of()), new UnfoundFields(fields, "that is read"), () -> {
                    framing.close();
                    framings.close();
                });
    }

    @Override
    public byte[] seal(EncodedRecord record, byte[] value, Function<byte[], FieldChange> changes) {
        int frame = frame(record.topic(), record.headers(), value);
        byte[] sealed = changed(value, frame, changes.apply(Arrays.copyOf(value, frame)));
        unfound.endOfValue();
        return sealed;
    }

    /**
     * Returns a value in which the fields are opened.
     *
     * @param topic the physical topic
     * @throws SerializationException as {@link #seal}
     */
    public byte[] open(String topic, Headers headers, byte[] value, FieldChange change) {
        return changed(value, frame(topic, headers, value), change);
    }

    private int frame(String topic, Headers headers, byte[] value) {
        return Math.min(frames.read(topic, headers, value, 0, value.length).length(), value.length);
    }

    private byte[] changed(byte[] value, int frame, FieldChange change) {
        try {
            return new Splice(value, frame, change).whole();
        } catch (StackOverflowError e) {
            throw new SerializationException("it is nested so deeply that the thread's stack is full");
        }
    }

    @Override
    public void close() {
        onClose.run();
    }

    /** Replaces the fields of one text. */
    private final class Splice {
        private final byte[] value;
        private final JsonText text;
        private final FieldChange change;
        private final ByteArrayOutputStream out;

        /** The bytes of the value that are in the result already. */
        private int copied;

        Splice(byte[] value, int frame, FieldChange change) {
            this.value = value;
            this.text = new JsonText(value, frame, value.length - frame, maxDepth);
            this.change = change;
            this.out = new ByteArrayOutputStream(value.length);
        }

        byte[] whole() {
            within(fields, Place.WHOLE, 0);
            text.expectEnd();
            if (copied == 0) {
                return value;
            }
            out.write(value, copied, value.length - copied);
            return out.toByteArray();
        }

        private void within(FieldTree node, Place place, int depth) {
            byte first = text.peek();
            if (node.isLast()) {
                unfound.found(node);
                replace(place, depth);
                return;
            }
            switch (first) {
                case '{' -> object(node, place, depth + 1);
                case '[' -> list(node, place, depth + 1);
                case 'n' -> text.skip(depth);
                default -> {
                    text.skip(depth);
                    throw new SerializationException(node.noFields(place, kind(first)));
                }
            }
        }

        private void object(FieldTree node, Place place, int depth) {
            text.checkDepth(depth);
            text.nextIs('{');
            if (text.nextIs('}')) {
                return;
            }
            Set<String> found = new HashSet<>();
            do {
                String name = text.name();
                FieldTree child = node.children().get(name);
                if (child == null) {
                    text.skip(depth);
                    continue;
                }
                Place inner = place.field(name);
                if (!found.add(name)) {
                    throw new SerializationException("the field " + inner + " is there twice, and readers do not agree"
                            + " which of the two counts. Write it once");
                }
                within(child, inner, depth);
            } while (text.nextIs(','));
            text.expect('}', "a comma or the end of an object");
        }

        private void list(FieldTree node, Place place, int depth) {
            text.checkDepth(depth);
            text.nextIs('[');
            if (text.nextIs(']')) {
                return;
            }
            int index = 0;
            do {
                within(node, place.index(index++), depth);
            } while (text.nextIs(','));
            text.expect(']', "a comma or the end of a list");
        }

        private void replace(Place place, int depth) {
            int from = text.position();
            text.skip(depth);
            int to = text.position();
            byte[] replaced = change.opens() ? opened(place, from, to) : sealed(place, from, to);
            if (replaced != null) {
                out.write(value, copied, from - copied);
                out.writeBytes(replaced);
                copied = to;
            }
        }

        private byte[] sealed(Place place, int from, int to) {
            String envelope = change.sealed(place, Arrays.copyOfRange(value, from, to));
            return ("\"" + envelope + "\"").getBytes(UTF_8);
        }

        private byte @Nullable [] opened(Place place, int from, int to) {
            return change.opened(place, value[from] == '"' ? text.unescaped(from, to) : null);
        }
    }

    private static String kind(byte first) {
        return switch (first) {
            case '"' -> "a text";
            case 't', 'f' -> "a boolean";
            default -> "a number";
        };
    }
}
