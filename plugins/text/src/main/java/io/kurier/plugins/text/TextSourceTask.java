// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.text;

import io.kurier.plugins.files.FileSourceTask;

/** The task of the text connector. */
public final class TextSourceTask extends FileSourceTask {

    /** For Kafka Connect, which creates tasks by class name. */
    public TextSourceTask() {
        super(new TextFormat());
    }
}
