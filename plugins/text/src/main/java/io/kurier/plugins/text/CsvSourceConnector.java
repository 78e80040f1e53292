// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.text;

import io.kurier.plugins.files.FileSourceConnector;

/** Publishes the rows of CSV files with a header line as JSON objects, one record per row. */
public final class CsvSourceConnector extends FileSourceConnector {

    /** For Kafka Connect, which creates connectors by class name. */
    public CsvSourceConnector() {
        super(CsvSourceTask.class, new CsvFormat());
    }
}
