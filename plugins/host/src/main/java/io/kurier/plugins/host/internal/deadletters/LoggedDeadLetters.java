// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host.internal.deadletters;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs where the dead letters of a connector come from, which has neither a topic nor a file for them. It logs no
 * content, and no text of foreign code, which can quote the content.
 */
final class LoggedDeadLetters implements DeadLetters {
    private static final Logger LOG = LoggerFactory.getLogger(LoggedDeadLetters.class);

    @Override
    public CompletionStage<?> accept(DeadLetter letter) {
        Throwable error = letter.error();
        LOG.warn(
                "connector {}, task {}: {} {} is left out, {}{}",
                letter.connector(),
                letter.task(),
                letter.source(),
                letter.position(),
                letter.stage(),
                error == null ? "" : ", " + error.getClass().getName());
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public void close() {}
}
