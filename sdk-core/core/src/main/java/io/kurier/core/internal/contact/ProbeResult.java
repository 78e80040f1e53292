// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.contact;

import java.util.List;

/**
 * What listens at a port.
 *
 * @param kind the kind of server
 * @param tls whether it speaks TLS
 * @param sasl whether a broker requires a log-in
 * @param mechanisms the SASL mechanisms of a broker that does
 * @param brokers the addresses that a broker without log-ins advertises to clients
 */
record ProbeResult(Kind kind, boolean tls, boolean sasl, List<String> mechanisms, List<Address> brokers) {
    static final ProbeResult UNRESOLVED = of(Kind.UNRESOLVED);

    /** The kind of server, or why it is not known. */
    enum Kind {
        UNRESOLVED,
        CLOSED,
        UNREACHABLE,
        SILENT,
        HTTP,
        OTHER,
        TLS_OF_ANOTHER,
        SLOW_KAFKA,
        KAFKA
    }

    static ProbeResult of(Kind kind) {
        return new ProbeResult(kind, false, false, List.of(), List.of());
    }

    boolean isKafka() {
        return kind == Kind.KAFKA || kind == Kind.SLOW_KAFKA;
    }
}
