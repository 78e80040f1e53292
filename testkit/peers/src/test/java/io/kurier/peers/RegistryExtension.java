// SPDX-License-Identifier: Apache-2.0
package io.kurier.peers;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Starts the registry for the first test that needs it, and ends it after the last one of the JVM. */
final class RegistryExtension implements ParameterResolver {
    private static final Namespace NAMESPACE = Namespace.create(RegistryExtension.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Registry.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        ApicurioRegistry process = context.getRoot()
                .getStore(NAMESPACE)
                .computeIfAbsent(ApicurioRegistry.class, key -> ApicurioRegistry.start(), ApicurioRegistry.class);
        return new Registry(process.confluentUrl(), process.ownUrl());
    }
}
