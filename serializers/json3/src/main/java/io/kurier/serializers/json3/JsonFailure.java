// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.json3;

import io.kurier.serializers.internal.LimitExceededException;
import io.kurier.serializers.internal.WithheldException;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.exc.StreamWriteException;
import tools.jackson.core.exc.UnexpectedEndOfInputException;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.exc.InvalidDefinitionException;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.exc.InvalidTypeIdException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/**
 * Converts Jackson's exceptions to an error with the place and the reason that does not show the JSON: Jackson's own
 * messages quote values ({@code Cannot deserialize value of type int from String "..."}), so none is copied. The reason
 * is derived from the exception's class.
 */
final class JsonFailure {
    private JsonFailure() {}

    static SerializationException writing(JavaType type, Throwable thrown, Introspection introspection) {
        return new SerializationException(
                "cannot write " + type.toCanonical() + " as JSON" + JsonPath.of(thrown, introspection) + ": "
                        + reason(thrown, "write"),
                new WithheldException(thrown));
    }

    static SerializationException writing(JavaType type, String reason) {
        return new SerializationException("cannot write " + type.toCanonical() + " as JSON: " + reason);
    }

    static SerializationException reading(JavaType type, Throwable thrown, Introspection introspection) {
        return new SerializationException(
                "cannot read JSON as " + type.toCanonical() + JsonPath.of(thrown, introspection) + location(thrown)
                        + ": " + reason(thrown, "read"),
                new WithheldException(thrown));
    }

    static SerializationException reading(JavaType type, String reason) {
        return new SerializationException("cannot read JSON as " + type.toCanonical() + ": " + reason);
    }

    /** Returns the place and the reason, as the end of a sentence about a JSON text that is not read as a type. */
    static String unreadable(Throwable thrown) {
        return "cannot be read" + location(thrown) + ": " + reason(thrown, "read");
    }

    static String describe(TokenStreamLocation location) {
        return "line " + location.getLineNr() + ", column " + location.getColumnNr();
    }

    private static String location(Throwable thrown) {
        return innermost(thrown) instanceof JacksonException jackson && jackson.getLocation() != null
                ? " (" + describe(jackson.getLocation()) + ")"
                : "";
    }

    /** Returns the exception of Jackson that describes the reason best; those around it add the path. */
    private static Throwable innermost(Throwable thrown) {
        Throwable innermost = thrown;
        while (innermost.getCause() instanceof JacksonException cause) {
            innermost = cause;
        }
        return innermost;
    }

    private static String reason(Throwable thrown, String verb) {
        if (thrown instanceof LimitExceededException exceeded) {
            return "it could not be read with these settings: " + exceeded.getMessage();
        }
        Throwable jackson = innermost(thrown);
        if (jackson instanceof StackOverflowError || jackson.getCause() instanceof StackOverflowError) {
            return "its values are nested so deeply that the thread's stack is full. Does one contain itself?";
        }
        if (jackson instanceof StreamConstraintsException limit) {
            // The only message that has nothing but numbers.
            return limit.getOriginalMessage() + wayOut(limit);
        }
        if (jackson instanceof UnexpectedEndOfInputException) {
            return "the JSON ends too early";
        }
        if (jackson instanceof InputCoercionException) {
            return "the number is outside the range of the type";
        }
        if (jackson instanceof StreamReadException) {
            return "it is not well-formed JSON in UTF-8";
        }
        if (jackson instanceof ReadableGenerator.CutNameException cut) {
            // This one also has nothing but numbers.
            return cut.getOriginalMessage();
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
            return mismatch(mismatch);
        }
        return name(jackson.getClass()) + " was thrown";
    }

    private static String wayOut(StreamConstraintsException limit) {
        return limit.getOriginalMessage().contains("nesting depth")
                ? ". If it is meant, raise max.depth (json.max.depth in a Kafka client's configuration)"
                : "";
    }

    private static String mismatch(MismatchedInputException thrown) {
        if (thrown.getTargetType() == JsonNode.class) {
            // A tree accepts any kind of value, but not the same property twice (FAIL_ON_READING_DUP_TREE_KEY).
            return "an object has the same property twice";
        }
        JsonToken token = thrown.processor() instanceof JsonParser parser ? parser.currentToken() : null;
        return kind(token) + " does not fit " + name(thrown.getTargetType());
    }

    private static String kind(@Nullable JsonToken token) {
        if (token == null) {
            return "the JSON";
        }
        return switch (token) {
            case START_OBJECT -> "an object";
            case START_ARRAY -> "an array";
            case VALUE_STRING -> "a text";
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
            case VALUE_TRUE, VALUE_FALSE -> "true or false";
            case VALUE_NULL -> "null";
            // A property is missing, or Jackson has read further before it noticed.
            default -> "the JSON";
        };
    }

    private static String name(@Nullable JavaType type) {
        return type == null ? "the type" : type.toCanonical();
    }

    private static String name(@Nullable Class<?> type) {
        return type == null ? "the type" : type.getTypeName();
    }
}
