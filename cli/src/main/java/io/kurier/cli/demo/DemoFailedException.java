// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli.demo;

/** Ends a demo that has lost its broker: otherwise it would wait for every single record. The message is one line. */
public final class DemoFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DemoFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
