// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.guice;

import com.google.inject.Injector;
import com.google.inject.Provider;
import com.google.inject.ProvisionException;
import com.google.inject.TypeLiteral;
import com.google.inject.spi.Message;
import io.kurier.StartException;
import io.kurier.core.internal.config.DeclaredTopic;
import io.kurier.core.internal.config.SecurityWarnings;
import io.kurier.core.internal.config.Setting;
import io.kurier.core.internal.plugins.BoundPlugins;
import io.kurier.core.internal.start.Plan;
import java.util.List;
import java.util.Set;

/**
 * Makes the plan while the injector is created, so that its problems are errors of the injector's creation. It is given
 * to Guice as an instance: for a class Guice may be configured to require a binding that does not exist ({@code
 * requireExplicitBindings}).
 */
final class PlanProvider implements Provider<Plan> {
    private final Provider<Injector> injector;
    private final Provider<Set<DeclaredTopic>> topics;
    private final Provider<BoundPlugins> plugins;

    PlanProvider(Provider<Injector> injector, Provider<Set<DeclaredTopic>> topics, Provider<BoundPlugins> plugins) {
        this.injector = injector;
        this.topics = topics;
        this.plugins = plugins;
    }

    @Override
    public Plan get() {
        List<Setting> settings = injector.get().findBindingsByType(TypeLiteral.get(Setting.class)).stream()
                .map(binding -> binding.getProvider().get())
                .toList();
        try {
            Plan plan = Plan.of(settings, topics.get(), plugins.get());
            SecurityWarnings.log(plan.config());
            return plan;
        } catch (StartException e) {
            throw inItsOwnWords(e);
        }
    }

    /**
     * Returns the problems as Guice's own messages: they name the module's line, which the text that Guice puts around
     * them does not.
     */
    static ProvisionException inItsOwnWords(StartException e) {
        return new ProvisionException(e.problems().stream()
                .map(problem -> new Message(List.of(), problem, e))
                .toList());
    }
}
