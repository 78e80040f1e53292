// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.media;

import io.kurier.plugins.files.FileSourceConnector;

/** Publishes files as they are, each as one blob. */
public final class MediaSourceConnector extends FileSourceConnector {

    /** For Kafka Connect, which creates connectors by class name. */
    public MediaSourceConnector() {
        super(MediaSourceTask.class, new MediaFormat(new StoredChunks()));
    }
}
