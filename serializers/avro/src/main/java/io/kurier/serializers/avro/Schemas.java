// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.avro;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.kurier.serializers.internal.SchemaFile;
import io.kurier.spi.PayloadSchema;
import java.nio.charset.StandardCharsets;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.JsonSchemaParser;
import org.apache.avro.Schema;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.SerializationException;

/** Parses schemas: those of files that a configuration names, and those that a framing has received. */
final class Schemas {
    private Schemas() {}

    /**
     * Returns the schema of a file.
     *
     * <p>Parses without checks of names and defaults, as Avro reads the schema of a container file: other languages and
     * older versions of Avro write names with {@code $} and {@code -} and defaults of other types, and records that
     * were published with such a schema must be readable with it. Neither matters to a record in the schema that it was
     * written with.
     *
     * @param key the configuration key, for the error
     * @throws ConfigException if there is no such file or it is not a schema
     */
    static Schema read(String key, String location) {
        String json = new String(SchemaFile.read(key, location), StandardCharsets.UTF_8);
        try {
            return JsonSchemaParser.parseInternal(json);
        } catch (AvroRuntimeException e) {
            throw new ConfigException(key, location, "the file is no Avro schema in JSON (.avsc): " + reason(e));
        } catch (StackOverflowError e) {
            throw new ConfigException(
                    key, location, "the schema has types within types so deeply that the thread's stack is full");
        }
    }

    /**
     * Returns the schema that a framing has received as text.
     *
     * @throws SerializationException if it is not a schema; its message is the end of a sentence
     */
    static Schema ofText(PayloadSchema schema) {
        String text = schema.text();
        if (text == null || !schema.format().equals(AvroFormat.NAME)) {
            throw new SerializationException("its framing names a schema of the format " + schema.format()
                    + (text == null ? " and does not know its text" : ""));
        }
        try {
            return JsonSchemaParser.parseInternal(text);
        } catch (AvroRuntimeException e) {
            throw new SerializationException("its framing names a schema that is none in JSON: " + reason(e), e);
        } catch (StackOverflowError e) {
            throw new SerializationException(
                    "its framing names a schema that has types within types so deeply that the thread's stack is full");
        }
    }

    /** Returns the parser's message in one line: a schema is not a payload, so the message may quote it. */
    private static String reason(AvroRuntimeException e) {
        return e.getCause() instanceof JsonProcessingException json
                ? json.getOriginalMessage()
                        + (json.getLocation() == null
                                ? ""
                                : " (line " + json.getLocation().getLineNr() + ", column "
                                        + json.getLocation().getColumnNr() + ")")
                : String.valueOf(e.getMessage());
    }
}
