// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.connect.internal.json;

import com.fasterxml.jackson.databind.JsonNode;
import io.kurier.plugins.connect.internal.DataMapping;
import io.kurier.plugins.connect.internal.FormatMapping;
import io.kurier.plugins.connect.internal.SchemaMemory;
import java.util.Objects;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.errors.DataException;

/** Connect data as JSON without a schema around it. */
public final class JsonMapping implements FormatMapping {
    private static final String TIMES = "time.format";
    private static final String ISO = "iso";

    /** Creates the mapping; for {@link java.util.ServiceLoader}. */
    public JsonMapping() {}

    @Override
    public String format() {
        return "json";
    }

    @Override
    public ConfigDef configDef() {
        return new ConfigDef()
                .define(
                        TIMES,
                        ConfigDef.Type.STRING,
                        ISO,
                        ConfigDef.ValidString.in(ISO, "epoch"),
                        Importance.MEDIUM,
                        "How Connect's Date, Time and Timestamp are written. iso: as text of ISO-8601, in UTC. epoch: as"
                                + " the number of days, or of milliseconds. For json.");
    }

    @Override
    public DataMapping mapping(AbstractConfig keys) {
        return new Mapping(new JsonWriters(keys.getString(TIMES).equals(ISO)));
    }

    private static final class Mapping implements DataMapping {
        private final SchemaMemory<Schema, JsonWriters.Encoder> encoders;

        Mapping(JsonWriters writers) {
            encoders = new SchemaMemory<>(schema -> writers.encoder(schema, "the value"));
        }

        @Override
        public Object toFormat(Schema schema, Object data) {
            try {
                return Objects.requireNonNull(encoders.of(schema).encode(data));
            } catch (ClassCastException e) {
                throw new DataException("the value is not of its schema, " + schema.type());
            }
        }

        @Override
        public SchemaAndValue toConnect(Object value) {
            return new SchemaAndValue(null, value instanceof JsonNode node ? JsonReader.data(node) : value);
        }
    }
}
