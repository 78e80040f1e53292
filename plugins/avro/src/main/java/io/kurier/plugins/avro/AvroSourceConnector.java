// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.avro;

import io.kurier.plugins.files.FileSourceConnector;

/** Publishes the records of Avro container files. */
public final class AvroSourceConnector extends FileSourceConnector {

    /** For Kafka Connect, which creates connectors by class name. */
    public AvroSourceConnector() {
        super(AvroSourceTask.class, new AvroFormat());
    }
}
