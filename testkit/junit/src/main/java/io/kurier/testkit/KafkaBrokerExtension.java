// SPDX-License-Identifier: Apache-2.0
package io.kurier.testkit;

import io.kurier.broker.LocalBroker;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Resolves parameters of type {@link LocalBroker} and {@link TestTopics}. The broker starts when it is first asked for
 * and is closed at the end of the run; {@link WithKafka} registers this extension.
 */
public final class KafkaBrokerExtension implements ParameterResolver {
    private static final Namespace NAMESPACE = Namespace.create(KafkaBrokerExtension.class);

    /** For JUnit. */
    public KafkaBrokerExtension() {}

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == LocalBroker.class || type == TestTopics.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        // JUnit closes what is AutoCloseable in a store when the store's context ends: here, the whole run.
        Store store = context.getRoot().getStore(NAMESPACE);
        LocalBroker broker = store.computeIfAbsent(LocalBroker.class, key -> LocalBroker.start(), LocalBroker.class);
        return parameter.getParameter().getType() == LocalBroker.class
                ? broker
                : store.computeIfAbsent(
                        TestTopics.class, key -> new TestTopics(broker.bootstrapServers()), TestTopics.class);
    }
}
