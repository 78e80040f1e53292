// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.framings;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kurier.ArrayHeaders;
import io.kurier.spi.FrameReader;
import io.kurier.spi.FrameWriter;
import io.kurier.spi.Framing;
import io.kurier.spi.FramingSettings;
import io.kurier.spi.PayloadSchema;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Header;

/**
 * The wire format of Apicurio Registry's serializers of version 3: the content id of the schema before the payload or
 * in headers, and for Protobuf the name of the message before the payload. Safe for use by any number of threads.
 */
final class ApicurioFraming implements Framing {
    static final byte MAGIC = 0;

    private static final byte[] NO_BYTES = {};

    private final FramingSettings settings;
    private final SchemaSources sources;
    private final boolean eightBytes;
    private final boolean inHeaders;
    private final String messageType;

    ApicurioFraming(
            FramingSettings settings,
            SchemaSources sources,
            boolean eightBytes,
            boolean inHeaders,
            String messageType) {
        this.settings = settings;
        this.sources = sources;
        this.eightBytes = eightBytes;
        this.inHeaders = inHeaders;
        this.messageType = messageType;
    }

    @Override
    public void checkWriting() {
        sources.checkWriting(SchemaSources.Identity.ID);
    }

    @Override
    public FrameWriter writer(String topic, PayloadSchema schema) {
        ConfluentFraming.requireWriting(this);
        SchemaSources.Identified identified = sources.identify(topic, schema, SchemaSources.Identity.ID);
        Confirmation confirmation = identified.confirmation();
        long id = Objects.requireNonNull(identified.schema().id());
        byte[] ref = isFormat(SchemaText.PROTOBUF) ? TypeRef.bytes(simpleName(schema)) : NO_BYTES;
        if (!inHeaders) {
            byte[] prefix = prefix(id, ref);
            return headers -> {
                confirmation.check();
                return prefix;
            };
        }
        List<Header> added = headers(id, schema);
        return headers -> {
            Objects.requireNonNull(headers);
            confirmation.check();
            for (Header header : added) {
                ConfluentFraming.addOnce(headers, header);
            }
            return ref;
        };
    }

    private boolean isFormat(String format) {
        return settings.format().equals(format);
    }

    private byte[] prefix(long id, byte[] ref) {
        ByteBuffer bytes = ByteBuffer.allocate(1 + (eightBytes ? Long.BYTES : Integer.BYTES) + ref.length)
                .put(MAGIC);
        if (eightBytes) {
            bytes.putLong(id);
        } else {
            bytes.putInt(ConfluentFraming.inFourBytes(settings.name(), id));
        }
        return bytes.put(ref).array();
    }

    private List<Header> headers(long id, PayloadSchema schema) {
        ApicurioHeaders names = ApicurioHeaders.of(settings.forKey());
        List<Header> headers = new ArrayList<>();
        headers.add(ArrayHeaders.header(
                names.contentId(), ByteBuffer.allocate(Long.BYTES).putLong(id).array()));
        if (isFormat(SchemaText.AVRO)) {
            headers.add(ArrayHeaders.header(names.encoding(), "BINARY".getBytes(UTF_8)));
        } else if (!messageType.isEmpty()) {
            headers.add(ArrayHeaders.header(names.messageType(), messageType.getBytes(UTF_8)));
        }
        if (isFormat(SchemaText.PROTOBUF)) {
            headers.add(
                    ArrayHeaders.header(names.protobufType(), simpleName(schema).getBytes(UTF_8)));
        }
        return List.copyOf(headers);
    }

    private static String simpleName(PayloadSchema schema) {
        String name = schema.fullName();
        if (name == null) {
            throw new SerializationException(
                    "the framing apicurio needs the name of a Protobuf message, and this schema" + " has none");
        }
        return name.substring(name.lastIndexOf('.') + 1);
    }

    @Override
    public FrameReader reader(Collection<? extends PayloadSchema> known) {
        return new ApicurioReader(
                settings.format(), settings.forKey(), eightBytes, new ReadSchemas(settings.format(), sources, known));
    }

    @Override
    public boolean addsHeaders() {
        return inHeaders;
    }

    @Override
    public void close() {
        sources.close();
    }
}
