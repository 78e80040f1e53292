// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.avro;

import io.kurier.serializers.internal.LimitExceededException;
import io.kurier.serializers.internal.WithheldException;
import java.io.EOFException;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.Incompatibility;
import org.apache.avro.SystemLimitException;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;

/**
 * Creates errors with the problem, its place and the reason that do not show a value; Avro's own messages quote values,
 * so none is copied.
 */
final class AvroFailure {
    private AvroFailure() {}

    static SerializationException noSchema(Class<?> type) {
        return new SerializationException("cannot write " + type.getTypeName()
                + " as Avro: it has no schema of its own. Declare the class (avro.type in a Kafka client's"
                + " configuration) or the schema (avro.schema), or publish a GenericRecord, a class that Avro has"
                + " generated, or a value of a primitive type");
    }

    static SerializationException schemaIsNull(Class<?> type) {
        return new SerializationException(
                "cannot write " + type.getTypeName() + " as Avro: its getSchema() answers null");
    }

    /**
     * Returns the exception for a record of another schema than the declared one.
     *
     * @param problem the field and the rule by which it cannot be resolved; not shown if even the names differ
     */
    static SerializationException notDeclared(Schema declared, Schema actual, String problem) {
        boolean named = declared.getName() != null && declared.getName().equals(actual.getName());
        return new SerializationException("cannot write " + Fingerprint.describe(actual)
                + " as Avro: the schema that is declared here is " + Fingerprint.describe(declared)
                + (named ? ", and Avro cannot resolve one to the other without loss, at " + problem : "")
                + ". Make the record with that schema, or declare the other one");
    }

    static SerializationException meansSomethingElse(Schema actual, String clash) {
        return new SerializationException("cannot write " + Fingerprint.describe(actual)
                + " as Avro: the schema that is declared here has other logical types, " + clash
                + ", and a reader cannot tell. Make the record with that schema");
    }

    static SerializationException writing(Encoding encoding, Object value, Throwable thrown) {
        String misfit = thrown instanceof StackOverflowError ? null : misfit(encoding, value);
        return new SerializationException(
                "cannot write " + encoding.schema().getFullName() + " as Avro"
                        + (misfit == null ? ": " + writingReason(thrown) : misfit),
                new WithheldException(thrown));
    }

    private static @Nullable String misfit(Encoding encoding, Object value) {
        try {
            return SchemaMismatch.of(encoding.model(), encoding.schema(), value);
        } catch (RuntimeException | StackOverflowError e) {
            // A record's own methods may fail as well; the exception that was thrown first is the cause.
            return null;
        }
    }

    private static String writingReason(Throwable thrown) {
        return thrown instanceof StackOverflowError
                ? "its records are nested so deeply that the thread's stack is full. Does one contain itself?"
                : thrown.getClass().getTypeName() + " was thrown on the way";
    }

    /** Returns the exception for a record that could not be read again, and would be lost. */
    static SerializationException unreadable(Schema schema, LimitExceededException exceeded) {
        return new SerializationException("cannot write " + schema.getFullName()
                + " as Avro, since it could not be read with these settings: " + exceeded.getMessage());
    }

    static SerializationException reading(String as, String reason) {
        return reading(as, reason, null);
    }

    static SerializationException reading(String as, String reason, @Nullable Throwable cause) {
        return new SerializationException("cannot read Avro as " + as + ": " + reason, cause);
    }

    /** Returns why a record with a fingerprint cannot be read. */
    static String unknown(Fingerprint fingerprint, Collection<Schema> known) {
        String names = known.stream().map(Fingerprint::describe).collect(Collectors.joining(", "));
        return "it was written with a schema of the fingerprint " + fingerprint + ", and "
                + (known.isEmpty() ? "no schema is known" : "only these are known: " + names)
                + ". Add the schema it was written with to schemas (avro.schemas in a Kafka client's configuration)";
    }

    static SerializationException reading(String as, Schema writer, @Nullable Schema reader, Throwable thrown) {
        return new SerializationException(
                "cannot read Avro as " + as + ", written as " + Fingerprint.describe(writer) + ": "
                        + readingReason(writer, reader, thrown),
                new WithheldException(thrown));
    }

    private static String readingReason(Schema writer, @Nullable Schema reader, Throwable thrown) {
        if (thrown instanceof LimitExceededException exceeded) {
            return String.valueOf(exceeded.getMessage());
        }
        if (thrown instanceof StackOverflowError) {
            return "its records are nested so deeply that the thread's stack is full";
        }
        if (reader != null) {
            List<Incompatibility> incompatibilities = SchemaCompatibility.checkReaderWriterCompatibility(reader, writer)
                    .getResult()
                    .getIncompatibilities();
            if (!incompatibilities.isEmpty()) {
                Incompatibility first = incompatibilities.get(0);
                return "the schemas do not match: " + first.getType() + " at " + first.getLocation() + " ("
                        + first.getMessage() + ")";
            }
        }
        if (thrown instanceof EOFException) {
            return "the record ends too early";
        }
        if (thrown instanceof SystemLimitException || thrown instanceof UnsupportedOperationException) {
            return "it claims a length or a number of items beyond Avro's limits";
        }
        return "the bytes are no such record (" + thrown.getClass().getTypeName() + ")";
    }
}
