// SPDX-License-Identifier: Apache-2.0
/**
 * Runs Kafka Connect source connectors inside an application.
 *
 * <p>{@link io.kurier.plugins.host.ConnectorHost} takes the same properties that a Connect worker takes, runs the
 * connectors' tasks on threads of its own, and publishes what they read through a {@link io.kurier.Publisher}, with all
 * that it promises. The connectors do not notice: the same jar runs on a Connect cluster when one machine is not enough.
 *
 * <pre>{@code
 * Map<String, String> connector = Map.of(
 *         "name", "web-log",
 *         "connector.class", "io.kurier.plugins.text.TextSourceConnector",
 *         "path", "/var/log/nginx",
 *         "topic", "web-log");
 * Map<String, String> config = new HashMap<>(HostTopics.declare(List.of(connector)));
 * config.put("bootstrap.servers", "127.0.0.1:9092");
 * config.put("topics.management", "create");
 *
 * try (Publisher publisher = Kurier.start(config);
 *         ConnectorHost host = ConnectorHost.start(publisher, List.of(connector), HostListener.NONE)) {
 *     host.awaitDrained();
 * }
 * }</pre>
 *
 * <p>A source offset is committed only when its record and all records before it are stored. Offsets live in memory:
 * a host that is started again reads from the beginning. Connect's converters and transformations are not run here.
 */
@NullMarked
package io.kurier.plugins.host;

import org.jspecify.annotations.NullMarked;
