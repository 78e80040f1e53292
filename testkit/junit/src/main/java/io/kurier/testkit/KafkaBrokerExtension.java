// SPDX-License-Identifier: Apache-2.0
package io.kurier.testkit;

import io.kurier.broker.LocalBroker;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Starts one broker for all tests of a run, when the first parameter requires it, and closes it when the run is over.
 * Tests share it, so each should create topics of its own: {@link TestTopics} gives them names that do not collide,
 * even if tests run in parallel.
 *
 * <p>Resolves parameters of the types {@link LocalBroker} and {@link TestTopics}. A test must not close the broker.
 *
 * @see WithKafka
 */
public final class KafkaBrokerExtension implements ParameterResolver {
    /** Called by JUnit. */
    public KafkaBrokerExtension() {}

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == LocalBroker.class || type == TestTopics.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        LocalBroker broker = broker(context);
        if (parameter.getParameter().getType() == LocalBroker.class) {
            return broker;
        }
        return SharedStore.of(context).get(TestTopics.class, () -> TestTopics.on(broker));
    }

    private static LocalBroker broker(ExtensionContext context) {
        return SharedStore.ofSession(context).get(LocalBroker.class, LocalBroker::start);
    }
}
