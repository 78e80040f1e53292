// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.guice;

import com.google.inject.Provider;
import com.google.inject.Stage;
import io.kurier.Publisher;
import io.kurier.StartException;
import io.kurier.core.internal.start.Extensions;
import io.kurier.core.internal.start.Plan;
import io.kurier.core.transport.TransportFactory;
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
    private final Provider<Extensions> extensions;
    private @Nullable StartException failure;

    PublisherProvider(
            Stage stage, Provider<Plan> plan, Provider<TransportFactory> factory, Provider<Extensions> extensions) {
        this.stage = stage;
        this.plan = plan;
        this.factory = factory;
        this.extensions = extensions;
    }

    @Override
    public synchronized Publisher get() {
        if (failure != null) {
            throw PlanProvider.inItsOwnWords(failure);
        }
        try {
            return stage == Stage.PRODUCTION
                    ? plan.get().start(factory.get(), extensions.get())
                    : plan.get().publisher(factory.get(), extensions.get());
        } catch (StartException e) {
            failure = stage == Stage.PRODUCTION ? e : null;
            throw PlanProvider.inItsOwnWords(e);
        }
    }
}
