// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.avro;

import io.kurier.plugins.files.FileFormat;
import io.kurier.plugins.files.FileSourceConfig;
import java.util.List;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;

/** One Kafka record per record of an Avro container file, as a {@code GenericRecord} without Connect schema. */
final class AvroFormat implements FileFormat {

    static final String KEY_FIELD = "key.field";

    @Override
    public String serializer() {
        return "avro";
    }

    @Override
    public List<String> include() {
        return List.of("*.avro");
    }

    @Override
    public void define(ConfigDef keys) {
        keys.define(
                KEY_FIELD,
                ConfigDef.Type.STRING,
                "",
                Importance.MEDIUM,
                "The name of a top-level field that holds a string, which becomes the key of the record and stays in the"
                        + " value. A record with null in it has no key; a file whose schema lacks the field is refused.");
    }

    @Override
    public Opener opener(FileSourceConfig config) {
        AvroRecords records = new AvroRecords(config.getString(KEY_FIELD), config.maxRecordBytes());
        return (input, from) -> new ContainerReader(input, from, records);
    }
}
