// SPDX-License-Identifier: Apache-2.0
/**
 * Proves Kurier's promises by killing processes.
 *
 * <p>A process that publishes writes into a {@link io.kurier.promises.Ledger} what it is about to publish, and the
 * outcomes that Kurier reports. Ledgers survive a {@code kill -9}. Afterwards an {@link io.kurier.promises.Oracle}, in
 * another process, reads the ledgers and the topics and reports every contradiction between them:
 *
 * <pre>{@code
 * Oracle oracle = Oracle.of(ledgers);
 * TopicReader.read(broker.bootstrapServers(), List.of("orders"), oracle::read);
 * Report report = oracle.report();
 * assertThat(report.counts()).as("%s", report).isEmpty();
 * }</pre>
 */
@NullMarked
package io.kurier.promises;

import org.jspecify.annotations.NullMarked;
