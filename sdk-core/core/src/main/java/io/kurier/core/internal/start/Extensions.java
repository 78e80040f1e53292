// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.start;

import io.kurier.StartException;
import io.kurier.core.internal.errors.ThrowableText;
import io.kurier.core.internal.send.Observers;
import io.kurier.spi.Instrumentation;
import io.kurier.spi.PublishListener;
import io.kurier.spi.PublishTracer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The objects of an application that follow its messages.
 *
 * @param listeners receive every outcome
 * @param instrumentations make listeners, spans and reporters of metrics
 */
public record Extensions(Collection<PublishListener> listeners, Collection<Instrumentation> instrumentations) {
    /** No objects. */
    public static final Extensions NONE = new Extensions(List.of(), List.of());

    /**
     * Returns what follows the messages of one publisher.
     *
     * @throws StartException if an instrumentation fails, or two have a tracer
     */
    Observers observers(String clientId) {
        List<PublishListener> all = new ArrayList<>(listeners);
        PublishTracer tracer = null;
        Instrumentation traces = null;
        for (Instrumentation instrumentation : instrumentations) {
            PublishTracer further;
            try {
                PublishListener listener = instrumentation.listener(clientId);
                if (listener != null) {
                    all.add(listener);
                }
                further = instrumentation.tracer(clientId);
            } catch (Throwable e) { // an instrumentation can throw anything
                throw new StartException(
                        "the instrumentation " + name(instrumentation) + " failed: " + ThrowableText.of(e), e);
            }
            if (further != null && traces != null) {
                throw new StartException(
                        "two instrumentations make spans, " + name(traces) + " and " + name(instrumentation)
                                + ": a message has one span, so add only one of them",
                        null);
            }
            if (further != null) {
                tracer = further;
                traces = instrumentation;
            }
        }
        return new Observers(all, tracer);
    }

    private static String name(@Nullable Instrumentation instrumentation) {
        return instrumentation == null ? "" : instrumentation.getClass().getName();
    }
}
