// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.media;

import io.kurier.plugins.files.FileSourceTask;

/** The task of the media connector. */
public final class MediaSourceTask extends FileSourceTask {

    /** For Kafka Connect, which creates tasks by class name. */
    public MediaSourceTask() {
        super(new MediaFormat());
    }
}
