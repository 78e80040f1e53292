// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.json;

import io.kurier.plugins.files.FileSourceConnector;

/** Publishes the values of JSON files, one record per value. */
public final class JsonSourceConnector extends FileSourceConnector {

    /** For Kafka Connect, which creates connectors by class name. */
    public JsonSourceConnector() {
        super(JsonSourceTask.class, new JsonFormat());
    }
}
