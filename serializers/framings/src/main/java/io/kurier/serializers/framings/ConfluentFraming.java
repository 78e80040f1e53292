// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.framings;

import io.kurier.ArrayHeaders;
import io.kurier.spi.FrameReader;
import io.kurier.spi.FrameWriter;
import io.kurier.spi.Framing;
import io.kurier.spi.FramingSettings;
import io.kurier.spi.PayloadSchema;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * Confluent's wire format: version 0, a number before the payload, and version 1, a GUID in a header. Both read both.
 * Safe for use by any number of threads.
 */
final class ConfluentFraming implements Framing {
    /** The first byte of a number. */
    static final byte ID_MAGIC = 0;

    /** The first byte of a GUID. */
    static final byte GUID_MAGIC = 1;

    static final int ID_BYTES = 1 + Integer.BYTES;
    static final int GUID_BYTES = 1 + 2 * Long.BYTES;

    private static final byte[] NO_BYTES = {};

    private final FramingSettings settings;
    private final SchemaSources sources;
    private final SchemaSources.Identity written;

    ConfluentFraming(FramingSettings settings, SchemaSources sources, SchemaSources.Identity written) {
        this.settings = settings;
        this.sources = sources;
        this.written = written;
    }

    @Override
    public void checkWriting() {
        sources.checkWriting(written);
    }

    @Override
    public FrameWriter writer(String topic, PayloadSchema schema) {
        requireWriting(this);
        SchemaSources.Identified identified = sources.identify(topic, schema, written);
        RegisteredSchema registered = identified.schema();
        Confirmation confirmation = identified.confirmation();
        byte[] indexes = isProtobuf() ? MessageIndexes.bytes(path(registered, schema)) : NO_BYTES;
        byte[] frame = frame(registered, indexes);
        if (!addsHeaders()) {
            return headers -> {
                confirmation.check();
                return frame;
            };
        }
        Header header = ArrayHeaders.header(header(settings.forKey()), frame);
        return headers -> {
            confirmation.check();
            addOnce(Objects.requireNonNull(headers), header);
            return NO_BYTES;
        };
    }

    /** In a plain Kafka client the check comes with the first record. */
    static void requireWriting(Framing framing) {
        try {
            framing.checkWriting();
        } catch (ConfigException e) {
            throw new SerializationException(e.getMessage(), e);
        }
    }

    private byte[] frame(RegisteredSchema registered, byte[] indexes) {
        if (written == SchemaSources.Identity.GUID) {
            var guid = Objects.requireNonNull(registered.guid());
            return ByteBuffer.allocate(GUID_BYTES + indexes.length)
                    .put(GUID_MAGIC)
                    .putLong(guid.getMostSignificantBits())
                    .putLong(guid.getLeastSignificantBits())
                    .put(indexes)
                    .array();
        }
        long id = Objects.requireNonNull(registered.id());
        return ByteBuffer.allocate(ID_BYTES + indexes.length)
                .put(ID_MAGIC)
                .putInt(inFourBytes(settings.name(), id))
                .put(indexes)
                .array();
    }

    static int inFourBytes(String framing, long id) {
        if (id < 0 || id > Integer.MAX_VALUE) {
            throw new SerializationException(
                    "the framing " + framing + " writes an id in four bytes, and " + id + " does not fit");
        }
        return (int) id;
    }

    /** Adds a header, unless the last one of its name, which is the one that is read, has these bytes already. */
    static void addOnce(Headers headers, Header header) {
        Header last = headers.lastHeader(header.key());
        if (last == null || !Arrays.equals(last.value(), header.value())) {
            headers.add(header);
        }
    }

    private boolean isProtobuf() {
        return settings.format().equals(SchemaText.PROTOBUF);
    }

    /** The indexes belong to the text that the id denotes, which may have the messages in another order. */
    private static List<Integer> path(RegisteredSchema registered, PayloadSchema schema) {
        String text = registered.text();
        String name = schema.fullName();
        if (text == null || name == null) {
            return schema.messageIndexes();
        }
        List<Integer> path;
        try {
            path = new ProtoFile(Base64.getDecoder().decode(text)).path(name);
        } catch (IllegalArgumentException e) {
            throw new SerializationException(
                    "the registered schema of the message " + name + " cannot be read: " + e.getMessage(), e);
        }
        if (path == null) {
            throw new SerializationException("the registered schema has no message " + name
                    + ". Register the file that declares it, or write the message that is registered");
        }
        return path;
    }

    /** Returns the name of the header with the GUID. */
    static String header(boolean forKey) {
        return forKey ? "__key_schema_id" : "__value_schema_id";
    }

    @Override
    public FrameReader reader(Collection<? extends PayloadSchema> known) {
        return new ConfluentReader(
                settings.format(), settings.forKey(), new ReadSchemas(settings.format(), sources, known));
    }

    @Override
    public boolean addsHeaders() {
        return written == SchemaSources.Identity.GUID;
    }

    @Override
    public boolean writesBytesWithoutLength() {
        return true;
    }

    @Override
    public void close() {
        sources.close();
    }
}
