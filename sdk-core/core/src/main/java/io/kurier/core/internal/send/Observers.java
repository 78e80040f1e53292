// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.send;

import io.kurier.spi.PublishListener;
import io.kurier.spi.PublishTracer;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What follows the messages of a publisher.
 *
 * @param listeners notified of every outcome
 * @param tracer makes the spans, or null
 */
public record Observers(
        Collection<PublishListener> listeners, @Nullable PublishTracer tracer) {

    /** Only listeners. */
    public static Observers of(PublishListener... listeners) {
        return new Observers(List.of(listeners), null);
    }
}
