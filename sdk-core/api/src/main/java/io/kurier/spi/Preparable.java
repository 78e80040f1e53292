// SPDX-License-Identifier: Apache-2.0
package io.kurier.spi;

import java.util.concurrent.CompletionStage;

/**
 * What a serializer, a guard or a partitioner implements beside its own interface to ask for what it will need, such as a
 * schema or a key, while the publisher starts: the first record then finds it.
 */
@FunctionalInterface
public interface Preparable {

    /**
     * Begins to ask. Called once, at the start, before any record; must not block.
     *
     * @return completes when the first record finds all that is known to be needed. A start waits for it, for ten seconds at
     *     most, after which the first records wait ({@link NotReadyException}). If it completes with an exception the start
     *     fails; with {@code topics.management=later} that is a warning.
     */
    CompletionStage<?> prepare();
}
