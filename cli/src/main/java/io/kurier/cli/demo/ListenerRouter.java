// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli.demo;

import io.kurier.PublishException;
import io.kurier.Receipt;
import io.kurier.plugins.host.HostListener;
import java.util.Map;
import org.apache.kafka.connect.source.SourceRecord;

/**
 * Passes the events of a host to the monitor of the connector's format.
 *
 * @param byConnector the monitors by their connectors' names
 */
record ListenerRouter(Map<String, FormatMonitor> byConnector) implements HostListener {

    private FormatMonitor monitor(String connector) {
        FormatMonitor monitor = byConnector.get(connector);
        if (monitor == null) {
            throw new IllegalArgumentException("no connector was started as " + connector);
        }
        return monitor;
    }

    @Override
    public void published(String connector, SourceRecord record, Receipt receipt) {
        monitor(connector).published(connector, record, receipt);
    }

    @Override
    public void failed(String connector, SourceRecord record, PublishException reason) {
        monitor(connector).failed(connector, record, reason);
    }

    @Override
    public void rejected(String connector, String source, String position, String reason) {
        monitor(connector).rejected(connector, source, position, reason);
    }

    @Override
    public void finished(String connector, String source, long records, long bytes) {
        monitor(connector).finished(connector, source, records, bytes);
    }
}
