// SPDX-License-Identifier: Apache-2.0
package com.example.csv;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;
import static org.apache.kafka.common.config.ConfigDef.Type.STRING;
import static org.apache.kafka.common.config.ConfigDef.ValidString.in;

import io.kurier.spi.SerializerPlugin;
import io.kurier.spi.SerializerSettings;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;

// region serializer
/** Lets configuration choose {@code csv}. */
public final class CsvPlugin implements SerializerPlugin {

    @Override
    public String name() {
        return "csv";
    }

    @Override
    public ConfigDef configDef() {
        return new ConfigDef()
                .define("separator", STRING, ",", in(",", ";", "|"), MEDIUM, "Stands between two fields.");
    }

    @Override
    public Serializer<List<String>> serializer(SerializerSettings settings) {
        CsvLine csv = new CsvLine(settings.config().getString("separator"));
        return (topic, fields) -> fields == null ? null : csv.join(fields).getBytes(UTF_8);
    }

    @Override
    public Optional<Deserializer<?>> deserializer(SerializerSettings settings) {
        CsvLine csv = new CsvLine(settings.config().getString("separator"));
        return Optional.of((topic, line) -> line == null ? null : csv.split(new String(line, UTF_8)));
    }
}
// endregion
