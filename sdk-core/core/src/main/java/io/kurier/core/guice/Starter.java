// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.guice;

import com.google.inject.Guice;
import com.google.inject.ProvisionException;
import io.kurier.Publisher;
import io.kurier.StartException;
import io.kurier.Topic;
import io.kurier.core.config.Setting;
import io.kurier.core.transport.TransportFactory;
import io.kurier.spi.PublishListener;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Starts a publisher for callers that do not use Guice themselves. */
public final class Starter {
    private Starter() {}

    /**
     * The publisher of a configuration.
     *
     * @param transport what stands in the place of a Kafka cluster, or null
     * @throws StartException if it cannot start
     */
    public static Publisher start(
            Collection<Setting> settings,
            Collection<Topic<?, ?>> topics,
            Collection<PublishListener> listeners,
            @Nullable TransportFactory transport) {
        try {
            return Guice.createInjector(new KurierModule(), binder -> {
                        KurierBinder kurier = KurierBinder.of(binder);
                        settings.forEach(kurier::set);
                        topics.forEach(kurier::topic);
                        listeners.forEach(kurier::listener);
                        if (transport != null) {
                            kurier.transport(transport);
                        }
                    })
                    .getInstance(Publisher.class);
        } catch (ProvisionException e) {
            if (e.getCause() instanceof StartException start) {
                throw start;
            }
            throw e;
        }
    }
}
