// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.media;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The value of a manifest record: a JSON object, as {@code docs/media-format.md} specifies it. */
final class ManifestJson {
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    private long size = -1;
    private long chunks = -1;
    private @Nullable String sha256;
    private @Nullable String contentType;
    private @Nullable String name;

    private ManifestJson() {}

    static byte[] write(MediaPart.Manifest manifest) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeNumberField("size", manifest.size());
            json.writeNumberField("chunks", manifest.chunks());
            json.writeStringField("sha256", manifest.sha256());
            json.writeStringField("contentType", manifest.contentType());
            if (manifest.name().isPresent()) {
                json.writeStringField("name", manifest.name().get());
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return bytes.toByteArray();
    }

    /**
     * Reads a manifest. Members that version 1 does not know are skipped, so that writers may add some.
     *
     * @throws IOException if it is not JSON; Jackson's message may quote it
     * @throws IllegalArgumentException if something is missing or wrong; the message shows none of it
     */
    static MediaPart.Manifest read(UUID id, byte[] value) throws IOException {
        ManifestJson manifest = new ManifestJson();
        try (JsonParser json = JSON.createParser(value)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new IllegalArgumentException("the manifest is not a JSON object");
            }
            for (String member = json.nextFieldName(); member != null; member = json.nextFieldName()) {
                manifest.take(member, json);
            }
            if (json.nextToken() != null) {
                throw new IllegalArgumentException("something follows the JSON object of the manifest");
            }
        }
        return manifest.checked(id);
    }

    private void take(String member, JsonParser json) throws IOException {
        json.nextToken();
        switch (member) {
            case "size" -> size = number(member, json);
            case "chunks" -> chunks = number(member, json);
            case "sha256" -> sha256 = text(member, json);
            case "contentType" -> contentType = text(member, json);
            case "name" -> name = Blob.fitName(text(member, json));
            default -> json.skipChildren();
        }
    }

    private MediaPart.Manifest checked(UUID id) {
        if (chunks < 1 || size < chunks) {
            throw new IllegalArgumentException("the manifest's \"size\" and \"chunks\" are missing or cannot be: there"
                    + " is at least one chunk, and at least one byte in each");
        }
        if (sha256 == null || !SHA256.matcher(sha256).matches()) {
            throw new IllegalArgumentException("the manifest's \"sha256\" is missing or not 64 lower-case hex digits");
        }
        if (contentType == null || !Blob.isContentType(contentType)) {
            throw new IllegalArgumentException("the manifest's \"contentType\" is missing or not type/subtype");
        }
        return new MediaPart.Manifest(id, size, chunks, sha256, contentType, Optional.ofNullable(name));
    }

    private static long number(String member, JsonParser json) throws IOException {
        if (json.currentToken() != JsonToken.VALUE_NUMBER_INT
                || json.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
            throw new IllegalArgumentException("the manifest's \"" + member + "\" is not a whole number of 63 bits");
        }
        return json.getLongValue();
    }

    private static String text(String member, JsonParser json) throws IOException {
        if (json.currentToken() != JsonToken.VALUE_STRING) {
            throw new IllegalArgumentException("the manifest's \"" + member + "\" is not a string");
        }
        return json.getText();
    }
}
