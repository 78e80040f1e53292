// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.route;

import io.kurier.RecordId;
import java.security.SecureRandom;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.header.Headers;

/**
 * Generates the ids of records: eight random bytes, the same for all records of a publisher, and a number. So no two
 * are the same, and an id needs no random number of its own. Safe for use by any number of threads.
 */
final class RecordIds {
    private final long publisher = new SecureRandom().nextLong();
    private final AtomicLong next = new AtomicLong();

    void addTo(Headers headers) {
        headers.add(RecordId.HEADER, RecordId.bytes(new UUID(publisher, next.getAndIncrement())));
    }
}
