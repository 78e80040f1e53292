// SPDX-License-Identifier: Apache-2.0
package io.kurier.spring.boot;

import io.kurier.Health.Reason;
import io.kurier.Publisher;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

/**
 * The health of a publisher for Actuator: {@code UP} if it is ready, {@code DOWN} if it is not live, and {@code
 * OUT_OF_SERVICE} between the two, with the reasons as details.
 */
final class PublisherHealthIndicator extends AbstractHealthIndicator {
    private final Publisher publisher;

    PublisherHealthIndicator(Publisher publisher) {
        this.publisher = publisher;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        io.kurier.Health health = publisher.health();
        builder.status(status(health));
        if (!health.reasons().isEmpty()) {
            builder.withDetail(
                    "reasons", health.reasons().stream().map(Reason::toString).toList());
        }
    }

    private static Status status(io.kurier.Health health) {
        if (!health.live()) {
            return Status.DOWN;
        }
        return health.ready() ? Status.UP : Status.OUT_OF_SERVICE;
    }
}
