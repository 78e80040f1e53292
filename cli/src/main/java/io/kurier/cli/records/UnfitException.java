// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli.records;

/**
 * Refuses a line or a value of the input. The message is a sentence that shows the names of fields and no value. Has no
 * stack trace, since an input may have any number of such lines.
 */
public final class UnfitException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Creates it. */
    public UnfitException(String message) {
        super(message, null, false, false);
    }
}
