// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.json;

import io.kurier.plugins.files.FileSourceTask;

/** The task of the JSON connector. */
public final class JsonSourceTask extends FileSourceTask {

    /** For Kafka Connect, which creates tasks by class name. */
    public JsonSourceTask() {
        super(new JsonFormat());
    }
}
