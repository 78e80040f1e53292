// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.text;

import io.kurier.plugins.files.FileSourceTask;

/** The task of the CSV connector. */
public final class CsvSourceTask extends FileSourceTask {

    /** For Kafka Connect, which creates tasks by class name. */
    public CsvSourceTask() {
        super(new CsvFormat());
    }
}
