// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.files;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/**
 * The files that a task reads. Tasks agree without communication, because a file's owner follows from its name alone.
 * When the number of tasks changes, files move to other tasks together with their offsets, which belong to the file.
 */
record TaskAssignment(int index, int count) {

    boolean owns(String file) {
        if (count == 1) {
            return true;
        }
        CRC32 hash = new CRC32();
        hash.update(file.getBytes(StandardCharsets.UTF_8));
        return hash.getValue() % count == index;
    }
}
