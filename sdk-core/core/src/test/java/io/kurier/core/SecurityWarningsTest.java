// SPDX-License-Identifier: Apache-2.0
package io.kurier.core;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.inject.Guice;
import com.google.inject.Module;
import io.kurier.Publisher;
import io.kurier.core.guice.KurierBinder;
import io.kurier.core.guice.KurierModule;
import io.kurier.core.internal.publisher.LogCapture;
import io.kurier.core.transport.Transport;
import java.lang.reflect.Proxy;
import org.junit.jupiter.api.Test;

/** A start logs one warning of a connection that others can read, however the publisher is started. */
class SecurityWarningsTest {
    private static final String WARNING = "these brokers are not on this machine";

    @Test
    void aStartWithoutTlsLogsOneWarning() {
        try (LogCapture log = new LogCapture()) {
            Kurier.builder()
                    .set("bootstrap.servers", "broker-1.example:9092,broker-2.example:9092")
                    .transport(config -> nothing())
                    .start()
                    .close();
            assertThat(log.warnings(WARNING)).hasSize(1);
        }
    }

    @Test
    void aStartByGuiceLogsOneWarning() {
        Module shop = binder -> KurierBinder.of(binder)
                .set("bootstrap.servers", "broker-1.example:9092")
                .transport(config -> nothing());
        try (LogCapture log = new LogCapture()) {
            Guice.createInjector(new KurierModule(), shop)
                    .getInstance(Publisher.class)
                    .close();
            assertThat(log.warnings(WARNING)).hasSize(1);
        }
    }

    @Test
    void aStartOnThisMachineLogsNone() {
        try (LogCapture log = new LogCapture()) {
            Kurier.builder()
                    .set("bootstrap.servers", "127.0.0.1:9092")
                    .transport(config -> nothing())
                    .start()
                    .close();
            assertThat(log.warnings("bootstrap.servers")).isEmpty();
        }
    }

    /** A way to nowhere. */
    private static Transport nothing() {
        return (Transport) Proxy.newProxyInstance(
                Transport.class.getClassLoader(), new Class<?>[] {Transport.class}, (proxy, method, arguments) -> null);
    }
}
