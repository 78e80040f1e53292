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
 *         ConnectorHost host = ConnectorHost.builder(publisher)
 *                 .connector(connector)
 *                 .offsets(OffsetStorage.inFile(Path.of("kurier.offsets")))
 *                 .start()) {
 *     host.awaitDrained();
 * }
 * }</pre>
 *
 * <p>All errors in the properties are reported together at the start, before anything is published. A task that fails
 * later is started again after a pause; one that would fail in the same way again, because a record is invalid, is not,
 * and {@link io.kurier.plugins.host.ConnectorHost#awaitDrained} throws the reason. A
 * {@link io.kurier.plugins.host.HostListener} is called for every record.
 *
 * <p>A source offset is committed only when its record and all records before it are stored, or left out because of
 * {@code errors.tolerance=all}. An {@link io.kurier.plugins.host.OffsetStorage} keeps them, so that a host that is started
 * again continues.
 *
 * <p>For readers of the code: {@code ConnectorHostBuilder} checks and prepares, {@code HostedConnector} has the states of
 * one connector and changes them on its control thread, {@code ConnectorInstance} is one instance of a connector's class,
 * {@code HostedTask} is a task over all of its runs, and {@code TaskRun} one run. A record's way is {@code TaskRun}, the
 * {@code RecordPipeline} (transformations and converters), the publisher, {@code SubmittedRecords}, and
 * {@code RecordSettler}, which waits for its outcome and commits its offset to the {@code OffsetStore}; the
 * {@code OffsetWriter} writes what has changed to the storage.
 */
@NullMarked
package io.kurier.plugins.host;

import org.jspecify.annotations.NullMarked;
