// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.files;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one logger of all file connectors, so that a worker's log level is set for them in one place. */
final class FileLog {
    static final Logger LOG = LoggerFactory.getLogger("io.kurier.plugins.files.FileSourceTask");

    private FileLog() {}
}
