// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host.internal.deadletters;

import java.util.concurrent.CompletionStage;

/** Keeps dead letters. Safe for use by any number of threads. */
public interface DeadLetters extends AutoCloseable {

    /**
     * Keeps a dead letter. The call may wait for room, in memory or in the producer's buffer.
     *
     * @return completes when the dead letter is stored, so that the source offset may advance; fails if it is not, or
     *     if that is unknown. Dependents run on threads of the publisher or of this object, and must not block
     */
    CompletionStage<?> accept(DeadLetter letter);

    /** Stores what was accepted, and releases files; an exception is logged. A second call has no effect. */
    @Override
    void close();
}
