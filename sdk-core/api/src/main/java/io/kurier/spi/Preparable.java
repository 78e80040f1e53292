// SPDX-License-Identifier: Apache-2.0
package io.kurier.spi;

import java.util.concurrent.CompletionStage;

/**
 * Implemented by a serializer, a guard or a partitioner, in addition to its own interface, that requests what it will
 * need, such as a schema or a key, while the publisher starts, so that it is there for the first record.
 */
@FunctionalInterface
public interface Preparable {

    /**
     * Begins the request. Called once, when the publisher starts, before any record; must not block.
     *
     * @return completes when everything that is known to be needed is there. The start waits for it, for at most ten
     *     seconds; after that the first records wait ({@link NotReadyException}). If it completes with an exception the
     *     start fails; with {@code topics.management=later} that is a warning.
     */
    CompletionStage<?> prepare();
}
