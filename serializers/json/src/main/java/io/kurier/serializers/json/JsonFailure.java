// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.json;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.exc.StreamReadException;
import com.fasterxml.jackson.core.exc.StreamWriteException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.exc.InvalidDefinitionException;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.InvalidTypeIdException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import java.util.function.Function;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;

/**
 * Turns what Jackson throws into an error that says where and why without showing the JSON: Jackson's own messages
 * quote values ({@code Cannot deserialize value of type int from String "..."}), so none is copied. The exception's
 * class is what tells the reason.
 */
final class JsonFailure {
    private JsonFailure() {}

    static SerializationException writing(
            JavaType type, Exception thrown, Function<JavaType, BeanDescription> introspect) {
        return new SerializationException(
                "cannot write " + type.toCanonical() + " as JSON" + JsonPath.of(thrown, introspect) + ": "
                        + reason(thrown, "write"),
                new WithheldException(thrown));
    }

    static SerializationException reading(
            JavaType type, Exception thrown, Function<JavaType, BeanDescription> introspect) {
        return new SerializationException(
                "cannot read JSON as " + type.toCanonical() + JsonPath.of(thrown, introspect) + location(thrown) + ": "
                        + reason(thrown, "read"),
                new WithheldException(thrown));
    }

    static SerializationException reading(JavaType type, String reason) {
        return new SerializationException("cannot read JSON as " + type.toCanonical() + ": " + reason);
    }

    static String describe(JsonLocation location) {
        return "line " + location.getLineNr() + ", column " + location.getColumnNr();
    }

    private static String location(Exception thrown) {
        return innermost(thrown) instanceof JsonProcessingException jackson && jackson.getLocation() != null
                ? " (" + describe(jackson.getLocation()) + ")"
                : "";
    }

    /** The exception of Jackson that names the reason best; those around it add the way there. */
    private static Throwable innermost(Throwable thrown) {
        Throwable innermost = thrown;
        while (innermost.getCause() instanceof JsonProcessingException cause) {
            innermost = cause;
        }
        return innermost;
    }

    private static String reason(Exception thrown, String verb) {
        Throwable jackson = innermost(thrown);
        if (jackson instanceof StreamConstraintsException limit) {
            // The one message that is numbers only.
            return limit.getOriginalMessage();
        }
        if (jackson instanceof JsonEOFException) {
            return "the JSON ends too early";
        }
        if (jackson instanceof StreamReadException) {
            return "it is not well-formed JSON in UTF-8, or has a number that the type cannot hold";
        }
        if (jackson instanceof StreamWriteException) {
            return "a serializer for one of its types writes what is not well-formed JSON";
        }
        if (jackson instanceof UnrecognizedPropertyException) {
            return "the type has no such property, and the mapper is set to refuse those";
        }
        if (jackson instanceof InvalidTypeIdException id) {
            return "the type id is missing or names no known subtype of " + name(id.getBaseType());
        }
        if (jackson instanceof InvalidFormatException format) {
            return "the value is not a valid " + name(format.getTargetType());
        }
        if (jackson instanceof InvalidDefinitionException definition) {
            return "Jackson finds no way to " + verb + " the type " + name(definition.getType())
                    + ". Make it a record, give it getters and a constructor that Jackson can use, or register a module"
                    + " for it with the ObjectMapper";
        }
        if (jackson.getCause() != null) {
            return name(jackson.getCause().getClass()) + " was thrown on the way";
        }
        if (jackson instanceof MismatchedInputException mismatch) {
            return "the value is not of the kind that a " + name(mismatch.getTargetType())
                    + " needs (an object, an array, a text, a number), or is missing";
        }
        return name(jackson.getClass()) + " was thrown";
    }

    private static String name(@Nullable JavaType type) {
        return type == null ? "value" : type.toCanonical();
    }

    private static String name(@Nullable Class<?> type) {
        return type == null ? "value" : type.getTypeName();
    }
}
