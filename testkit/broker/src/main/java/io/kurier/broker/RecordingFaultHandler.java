// SPDX-License-Identifier: Apache-2.0
package io.kurier.broker;

import kafka.server.FaultHandlerFactory;
import org.apache.kafka.server.fault.FaultHandler;
import org.apache.kafka.server.fault.FaultHandlerException;
import org.apache.kafka.server.fault.LoggingFaultHandler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Receives Kafka's fatal faults instead of Kafka's own handler, which halts the JVM: right for a server in a process of
 * its own, wrong inside an application or a test run.
 */
final class RecordingFaultHandler implements FaultHandlerFactory {
    private static final Logger LOG = LoggerFactory.getLogger(RecordingFaultHandler.class);

    private @Nullable FaultHandlerException first;
    private Runnable reaction = () -> {};

    /**
     * Replaces the reaction to a fatal fault, in addition to logging it. Runs it immediately if there has been a fault.
     */
    synchronized void onFatal(Runnable newReaction) {
        reaction = newReaction;
        if (first != null) {
            newReaction.run();
        }
    }

    /** Returns the first fatal fault, or null if there has been none. */
    synchronized @Nullable FaultHandlerException first() {
        return first;
    }

    private synchronized void record(FaultHandlerException fault) {
        if (first == null) {
            first = fault;
        }
        reaction.run();
    }

    @Override
    public FaultHandler build(String name, boolean isFatal, Runnable action) {
        return isFatal ? new Fatal(name, action) : new LoggingFaultHandler(name, action);
    }

    private final class Fatal implements FaultHandler {
        private final String name;
        private final Runnable action;

        Fatal(String name, Runnable action) {
            this.name = name;
            this.action = action;
        }

        @Override
        public RuntimeException handleFault(String message, @Nullable Throwable cause) {
            FaultHandlerException fault =
                    new FaultHandlerException(name + ": " + message + (cause == null ? "" : ": " + cause), cause);
            LOG.error("The broker is out of order and should be closed. {}", fault.getMessage(), fault);
            action.run();
            record(fault);
            return fault;
        }
    }
}
