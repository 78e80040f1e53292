// SPDX-License-Identifier: Apache-2.0
/**
 * Connectors in an application with Guice.
 *
 * <p>Install {@link io.kurier.plugins.host.guice.ConnectorHostModule} beside {@link
 * io.kurier.core.guice.KurierModule}; it declares the topics of the connectors to the publisher:
 *
 * <pre>{@code
 * Injector injector = Guice.createInjector(
 *         new KurierModule(), new OrdersModule(), ConnectorHostModule.of(Path.of("web-log.properties")));
 * try (Publisher publisher = injector.getInstance(Publisher.class);
 *         ConnectorHost host = injector.getInstance(ConnectorHost.class)) {
 *     ...
 * }
 * }</pre>
 *
 * <p>Everything that can be wrong before a broker is contacted is an error of {@code createInjector}, with the file and
 * the line. The connectors start when the host is first requested. The code that created the injector closes the host,
 * and the publisher after it.
 */
@NullMarked
package io.kurier.plugins.host.guice;

import org.jspecify.annotations.NullMarked;
