// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.media;

import io.kurier.ArrayHeaders;
import io.kurier.serializers.internal.WithheldException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.regex.Pattern;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * Reads one record as a part of a blob; {@link MediaReader} joins the parts. A record without any header of the format
 * is a whole blob, so plain bytes of other writers are read too. Null stays null (a tombstone).
 *
 * <p>It checks each record on its own and refuses headers that contradict each other, an invalid manifest, and an
 * unknown version. Safe for use by any number of threads.
 */
public final class MediaDeserializer implements Deserializer<MediaPart> {
    private static final Pattern INDEX = Pattern.compile("0|[1-9][0-9]{0,17}");

    /** Creates a deserializer, which has no keys to configure. */
    public MediaDeserializer() {}

    /**
     * Returns the record as a part of a blob; null for null.
     *
     * @throws SerializationException if the record is malformed; it does not show the record
     */
    @Override
    public @Nullable MediaPart deserialize(String topic, Headers headers, byte @Nullable [] value) {
        if (value == null) {
            return null;
        }
        String id = text(headers, MediaHeaders.ID);
        String chunk = text(headers, MediaHeaders.CHUNK);
        String manifest = text(headers, MediaHeaders.MANIFEST);
        if (id == null && chunk == null && manifest == null) {
            return new MediaPart.Whole(whole(headers, value));
        }
        if (id == null || (chunk == null) == (manifest == null)) {
            throw malformed(
                    "its headers contradict each other: media.id goes with either media.chunk or" + " media.manifest",
                    null);
        }
        if (chunk != null) {
            if (!INDEX.matcher(chunk).matches()) {
                throw malformed("the header media.chunk is not a whole number in decimal digits", null);
            }
            return new MediaPart.Chunk(uuid(id), Long.parseLong(chunk), value);
        }
        if (!MediaHeaders.VERSION.equals(manifest)) {
            throw malformed(
                    "the header media.manifest names a version of the format that this reader does not know."
                            + " Take a newer kurier-serializer-media",
                    null);
        }
        return manifest(uuid(id), text(headers, MediaHeaders.CONTENT_TYPE), value);
    }

    /** Returns the value as a whole blob: without headers nothing else can be known. */
    @Override
    public @Nullable MediaPart deserialize(String topic, byte @Nullable [] value) {
        return deserialize(topic, new ArrayHeaders(), value);
    }

    private static Blob whole(Headers headers, byte[] value) {
        Blob blob = Blob.of(value);
        String name = text(headers, MediaHeaders.NAME);
        if (name != null) {
            blob = blob.named(name);
        }
        String contentType = text(headers, MediaHeaders.CONTENT_TYPE);
        if (contentType == null) {
            return blob;
        }
        if (!Blob.isContentType(contentType)) {
            throw malformed("the header content-type is not of the form type/subtype in ASCII", null);
        }
        return blob.contentType(contentType);
    }

    private static MediaPart.Manifest manifest(UUID id, @Nullable String contentType, byte[] value) {
        MediaPart.Manifest manifest;
        try {
            manifest = ManifestJson.read(id, value);
        } catch (IllegalArgumentException e) {
            throw malformed(String.valueOf(e.getMessage()), null);
        } catch (IOException e) {
            throw malformed("the manifest is not well-formed JSON", e);
        }
        if (!manifest.contentType().equals(contentType)) {
            throw malformed("the manifest and the header content-type name different types", null);
        }
        return manifest;
    }

    private static UUID uuid(String text) {
        try {
            UUID id = UUID.fromString(text);
            // Java accepts abbreviated forms too, by which one id could be written in two ways.
            if (id.toString().equals(text)) {
                return id;
            }
        } catch (IllegalArgumentException e) {
            throw malformed("the header media.id is not a UUID", e);
        }
        throw malformed("the header media.id is not a UUID in 36 lower-case characters (RFC 9562, section 4)", null);
    }

    /** Returns the text of a header that may occur once; null if it is absent. */
    private static @Nullable String text(Headers headers, String name) {
        Header only = null;
        for (Header header : headers.headers(name)) {
            if (only != null) {
                throw malformed("it has the header " + name + " twice", null);
            }
            only = header;
        }
        if (only == null) {
            return null;
        }
        byte[] value = only.value();
        if (value == null) {
            throw malformed("the header " + name + " is null", null);
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(value))
                    .toString();
        } catch (CharacterCodingException e) {
            throw malformed("the header " + name + " is not text in UTF-8", e);
        }
    }

    private static SerializationException malformed(String reason, @Nullable Exception e) {
        String message = "the record is no part of a blob in the media format: " + reason;
        return e == null
                ? new SerializationException(message)
                : new SerializationException(message, new WithheldException(e));
    }
}
