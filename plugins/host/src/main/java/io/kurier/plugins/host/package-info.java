// SPDX-License-Identifier: Apache-2.0
/**
 * Runs Kafka Connect source connectors inside an application.
 *
 * <p>{@link io.kurier.plugins.host.ConnectorHost} takes the same properties as a Connect worker and runs the
 * connectors' tasks on threads of its own. It publishes what they read through a {@link io.kurier.Publisher}, with all
 * guarantees of the publisher. The connectors are not changed for it: the same jar runs on a Connect cluster when one
 * machine is not enough.
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
 * <p>All errors in the properties are reported together at the start, before anything is published. A task that fails
 * later ends alone, and {@link io.kurier.plugins.host.ConnectorHost#awaitDrained} throws the reason; a
 * {@link io.kurier.plugins.host.HostListener} receives every record.
 *
 * <p>A source offset is committed only when its record and all records before it are stored, or left out because of
 * {@code errors.tolerance=all}. Offsets are kept in memory: a host that is restarted reads from the beginning.
 * Connect's converters are not used and its transformations are refused.
 *
 * <p>For readers of the code: {@code ConnectorHost} starts and closes, {@code HostedConnector} runs one connector,
 * {@code HostedTask} one task, {@code TaskPublisher} follows each record to its end, and {@code OffsetTracker}
 * determines which offsets may be committed.
 */
@NullMarked
package io.kurier.plugins.host;

import org.jspecify.annotations.NullMarked;
