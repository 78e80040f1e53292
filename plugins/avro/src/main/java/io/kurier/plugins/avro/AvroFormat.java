// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.avro;

import io.kurier.plugins.files.FileFormat;
import io.kurier.plugins.files.FileSourceConfig;
import java.util.List;

/** One Kafka record per record of an Avro container file, as a {@code GenericRecord} without Connect schema. */
final class AvroFormat implements FileFormat {

    @Override
    public String serializer() {
        return "avro";
    }

    @Override
    public List<String> include() {
        return List.of("*.avro");
    }

    @Override
    public Keys keys() {
        return Keys.FIELD;
    }

    @Override
    public Opener opener(FileSourceConfig config) {
        AvroRecords records = new AvroRecords(config.keyField(), config.maxRecordBytes());
        return (input, from) -> new ContainerReader(input, from, records);
    }
}
