// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.protobuf;

import io.kurier.plugins.files.FileSourceTask;

/** The task of the Protobuf connector. */
public final class ProtobufSourceTask extends FileSourceTask {

    /** For Kafka Connect, which creates tasks by class name. */
    public ProtobufSourceTask() {
        super(new ProtobufFormat());
    }
}
