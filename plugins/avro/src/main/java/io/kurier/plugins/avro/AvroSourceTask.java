// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.avro;

import io.kurier.plugins.files.FileSourceTask;

/** The task of the Avro connector. */
public final class AvroSourceTask extends FileSourceTask {

    /** For Kafka Connect, which creates tasks by class name. */
    public AvroSourceTask() {
        super(new AvroFormat());
    }
}
