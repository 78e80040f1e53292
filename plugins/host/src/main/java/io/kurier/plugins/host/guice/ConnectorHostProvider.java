// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host.guice;

import com.google.inject.Provider;
import com.google.inject.ProvisionException;
import com.google.inject.spi.Message;
import io.kurier.Publisher;
import io.kurier.StartException;
import io.kurier.plugins.host.ConnectorHost;
import io.kurier.plugins.host.ConnectorHostBuilder;
import io.kurier.plugins.host.HostListener;
import io.kurier.plugins.host.OffsetStorage;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Starts the host after Guice has made everything for it. It is given to Guice as an instance: for a class Guice may be
 * configured to require a binding that does not exist.
 */
final class ConnectorHostProvider implements Provider<ConnectorHost> {
    private final List<Map<String, String>> properties;
    private final @Nullable String pluginPath;
    private final Provider<Publisher> publisher;
    private final Provider<HostListener> listener;
    private final Provider<OffsetStorage> offsets;

    ConnectorHostProvider(
            List<Map<String, String>> properties,
            @Nullable String pluginPath,
            Provider<Publisher> publisher,
            Provider<HostListener> listener,
            Provider<OffsetStorage> offsets) {
        this.properties = properties;
        this.pluginPath = pluginPath;
        this.publisher = publisher;
        this.listener = listener;
        this.offsets = offsets;
    }

    @Override
    public ConnectorHost get() {
        HostListener called = listener.get();
        OffsetStorage stored = offsets.get();
        try {
            ConnectorHostBuilder host = ConnectorHost.builder(publisher.get())
                    .connectors(properties)
                    .listener(called)
                    .offsets(stored);
            return pluginPath == null
                    ? host.start()
                    : host.pluginPath(pluginPath).start();
        } catch (StartException e) {
            throw new ProvisionException(e.problems().stream()
                    .map(problem -> new Message(List.of(), problem, e))
                    .toList());
        }
    }
}
