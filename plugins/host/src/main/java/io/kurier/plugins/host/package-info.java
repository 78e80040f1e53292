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
 * <p>What is wrong with the properties is told at the start, all at once, before anything is published. A task that
 * fails later ends alone, and {@link io.kurier.plugins.host.ConnectorHost#awaitDrained} says why; a
 * {@link io.kurier.plugins.host.HostListener} sees every record.
 *
 * <p>A source offset is committed only when its record and all records before it are stored, or left out because
 * {@code errors.tolerance=all} says so. Offsets live in memory: a host that is started again reads from the beginning.
 * Connect's converters are not used and its transformations are refused.
 *
 * <p>For readers of the code: {@code ConnectorHost} starts and closes, {@code HostedConnector} takes one connector
 * through its life, {@code HostedTask} one task, {@code TaskPublisher} follows each record to its end, and {@code OffsetTracker}
 * says which offsets may be committed.
 */
@NullMarked
package io.kurier.plugins.host;

import org.jspecify.annotations.NullMarked;
