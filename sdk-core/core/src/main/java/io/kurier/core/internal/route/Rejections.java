// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.route;

import io.kurier.Outcome;
import io.kurier.PublishException;
import io.kurier.Stage;
import io.kurier.spi.NotReadyException;
import org.jspecify.annotations.Nullable;

/** Makes the exceptions of the steps before the send: in all of them no byte has left. */
final class Rejections {
    private Rejections() {}

    /**
     * A refusal.
     *
     * @param cause what a plugin threw, or null; an interrupt that it noticed is still one for the caller, and one that is
     *     not ready can be tried again
     */
    static PublishException at(Stage stage, String topic, String reason, @Nullable Throwable cause) {
        if (cause instanceof InterruptedException) {
            Thread.currentThread().interrupt();
        }
        return new PublishException(topic, stage, Outcome.REJECTED, cause instanceof NotReadyException, reason, cause);
    }
}
