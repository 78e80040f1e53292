// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.route;

import io.kurier.Outcome;
import io.kurier.PublishException;
import io.kurier.Stage;
import io.kurier.spi.NotReadyException;
import org.jspecify.annotations.Nullable;

/** Creates the exceptions of the steps before the send: none of them leaves a byte sent. */
final class Rejections {
    private Rejections() {}

    /**
     * Returns a refusal.
     *
     * @param cause the exception of a plugin, or null; an interrupt that the plugin has cleared is restored for the
     *     caller, and a plugin that is not ready makes the refusal retriable
     */
    static PublishException at(Stage stage, String topic, String reason, @Nullable Throwable cause) {
        if (cause instanceof InterruptedException) {
            Thread.currentThread().interrupt();
        }
        return new PublishException(topic, stage, Outcome.REJECTED, cause instanceof NotReadyException, reason, cause);
    }
}
