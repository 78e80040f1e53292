// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.guice;

import com.google.inject.Provider;
import com.google.inject.Stage;
import io.kurier.Publisher;
import io.kurier.StartException;
import io.kurier.core.internal.start.Plan;
import io.kurier.core.transport.TransportFactory;
import io.kurier.spi.PublishListener;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Connects after Guice has made everything for the publisher, so that a listener that cannot be made leaves no
 * connection.
 *
 * <p>In {@link Stage#PRODUCTION} it is called while the injector is created, once for itself and once more for each
 * singleton that needs it. If it fails there will be no injector, so the plan is closed, and the first failure is
 * reported to all callers: each would otherwise wait six seconds for the same broker. In other stages it can be called
 * again. Guice's singleton lock guards it.
 */
final class PublisherProvider implements Provider<Publisher> {
    private final Stage stage;
    private final Provider<Plan> plan;
    private final Provider<TransportFactory> factory;
    private final Provider<Set<PublishListener>> listeners;
    private @Nullable StartException failure;

    PublisherProvider(
            Stage stage,
            Provider<Plan> plan,
            Provider<TransportFactory> factory,
            Provider<Set<PublishListener>> listeners) {
        this.stage = stage;
        this.plan = plan;
        this.factory = factory;
        this.listeners = listeners;
    }

    @Override
    public synchronized Publisher get() {
        if (failure != null) {
            throw PlanProvider.inItsOwnWords(failure);
        }
        try {
            return stage == Stage.PRODUCTION
                    ? plan.get().start(factory.get(), listeners.get())
                    : plan.get().publisher(factory.get(), listeners.get());
        } catch (StartException e) {
            failure = stage == Stage.PRODUCTION ? e : null;
            throw PlanProvider.inItsOwnWords(e);
        }
    }
}
