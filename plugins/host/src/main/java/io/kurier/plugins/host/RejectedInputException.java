// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host;

import io.kurier.Printable;
import org.jspecify.annotations.Nullable;

/** A part of the input of which a task made no record. */
final class RejectedInputException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String source;
    private final String position;
    private final String reason;
    private final transient byte @Nullable [] content;

    RejectedInputException(String source, String position, String reason, byte @Nullable [] content) {
        super(Printable.of(source) + (position.isEmpty() ? "" : ", " + Printable.of(position)) + ": "
                + Printable.of(reason));
        this.source = source;
        this.position = position;
        this.reason = reason;
        this.content = content;
    }

    String source() {
        return source;
    }

    String position() {
        return position;
    }

    String reason() {
        return reason;
    }

    byte @Nullable [] content() {
        return content;
    }
}
