// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.avro;

/** Says why a part of a file cannot be read, in words that show nothing of it. */
final class InvalidFileException extends Exception {

    InvalidFileException(String reason) {
        super(reason);
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
