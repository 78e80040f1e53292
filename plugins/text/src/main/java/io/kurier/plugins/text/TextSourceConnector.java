// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.text;

import io.kurier.plugins.files.FileSourceConnector;

/** Publishes the lines of text files, one record per line. */
public final class TextSourceConnector extends FileSourceConnector {

    /** For Kafka Connect, which creates connectors by class name. */
    public TextSourceConnector() {
        super(TextSourceTask.class, new TextFormat());
    }
}
