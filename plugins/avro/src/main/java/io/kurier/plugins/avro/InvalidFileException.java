// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.avro;

/** A part of a file cannot be read. The message shows nothing of its content. */
final class InvalidFileException extends Exception {

    InvalidFileException(String reason) {
        super(reason);
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
