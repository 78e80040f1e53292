// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.protobuf;

import io.kurier.plugins.files.FileSourceConnector;

/** Publishes the messages of files in which each follows its length, one record per message. */
public final class ProtobufSourceConnector extends FileSourceConnector {

    /** For Kafka Connect, which creates connectors by class name. */
    public ProtobufSourceConnector() {
        super(ProtobufSourceTask.class, new ProtobufFormat());
    }
}
