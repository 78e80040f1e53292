// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli.schema;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.kurier.serializers.internal.ContentGuid;
import io.kurier.serializers.internal.Json;
import io.kurier.serializers.registry.internal.ProtoText;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The text of a schema, with the texts that it refers to. Immutable.
 *
 * @param place where it is from, for people: a file, or a subject and a version
 * @param format {@link #AVRO}, {@link #JSON} or {@link #PROTOBUF}; the registry's own word for another
 * @param text JSON, or a .proto text
 * @param references texts by the names by which they are referred to; those without further references first
 */
public record SchemaDocument(String place, String format, String text, Map<String, String> references) {
    static final String AVRO = "avro";
    static final String JSON = "json";
    static final String PROTOBUF = "protobuf";

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .nodeFactory(JsonNodeFactory.withExactBigDecimals(true))
            .build();

    /** Copies the references, in their order. */
    public SchemaDocument {
        references = Collections.unmodifiableMap(new LinkedHashMap<>(references));
    }

    /** Returns the text for people: JSON with a member on each line, or a .proto text. */
    public String pretty() {
        if (format.equals(PROTOBUF)) {
            return isDescriptor() ? ProtoText.of(Base64.getDecoder().decode(text)) : text;
        }
        try {
            return MAPPER.readTree(text).toPrettyString();
        } catch (JsonProcessingException e) {
            return text; // a format of another registry
        }
    }

    /** Some registries have descriptors in place of texts. */
    private boolean isDescriptor() {
        return text.matches("[A-Za-z0-9+/]+={0,2}");
    }

    /** Returns the root of the JSON. */
    JsonNode json() {
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw invalid("it is not JSON: " + e.getOriginalMessage(), e);
        }
    }

    /** Returns the Avro schema, in which the schemas that it refers to are resolved. */
    Schema avro() {
        Schema.Parser parser = new Schema.Parser();
        try {
            references.values().forEach(parser::parse);
            return parser.parse(text);
        } catch (AvroRuntimeException e) {
            throw invalid(String.valueOf(e.getMessage()), e);
        }
    }

    /**
     * Returns the names by which other versions of it are found: the full name of an Avro schema, the title of a JSON
     * Schema, the full names of the messages of Protobuf; none if it has no name.
     */
    public List<String> names() {
        return switch (format) {
            case AVRO -> List.of(avro().getFullName());
            case JSON ->
                json().path("title").isTextual() ? List.of(json().path("title").textValue()) : List.of();
            case PROTOBUF ->
                List.copyOf(ProtoFiles.messages(ProtoFiles.of(this)).keySet());
            default -> List.of();
        };
    }

    /**
     * Returns the GUID that Confluent's registry gives the text; null if the schema has references, which are in the
     * GUID by the subjects that only a registry knows, or if the text is made from a descriptor.
     */
    public @Nullable UUID guid() {
        if (!references.isEmpty()) {
            return null;
        }
        return switch (format) {
            case AVRO -> ContentGuid.of(avro().toString());
            case JSON -> ContentGuid.of(compactJson());
            case PROTOBUF -> place.endsWith(".desc") ? null : ContentGuid.of(text);
            default -> null;
        };
    }

    private String compactJson() {
        try {
            return Json.compact(Json.parse(text));
        } catch (IllegalArgumentException e) {
            throw invalid(String.valueOf(e.getMessage()), e);
        }
    }

    /** Throws an exception if the text is not a schema of its format. */
    void check() {
        switch (format) {
            case AVRO -> avro();
            case JSON -> compactJson();
            case PROTOBUF -> ProtoFiles.of(this);
            default -> {
                /* another format is the registry's matter */
            }
        }
    }

    SchemaException invalid(String why, Throwable cause) {
        return SchemaException.wrong(place + " is not a schema of " + format + ": " + why, cause);
    }
}
