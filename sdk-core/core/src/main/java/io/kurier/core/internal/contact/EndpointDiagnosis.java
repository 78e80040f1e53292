// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.contact;

import io.kurier.core.internal.config.PublisherConfig;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks the addresses of a configuration, in a daemon thread, while Kafka's client continues to try: whether a name
 * can be resolved, whether a port is open, and what listens there.
 */
final class EndpointDiagnosis {
    static final String NOTHING = "check the address and that the broker is running";

    private static final Logger LOG = LoggerFactory.getLogger(EndpointDiagnosis.class);

    /** Further addresses make the error no clearer, and each may take its time. */
    private static final int MOST_ADDRESSES = 2;

    private final PublisherConfig config;
    private final SecuritySettings security;
    private final CompletableFuture<String> found = new CompletableFuture<>();

    private EndpointDiagnosis(PublisherConfig config) {
        this.config = config;
        this.security = new SecuritySettings(config);
    }

    static EndpointDiagnosis begin(PublisherConfig config) {
        EndpointDiagnosis diagnosis = new EndpointDiagnosis(config);
        Thread thread = new Thread(diagnosis::run, "kurier-first-contact");
        thread.setDaemon(true);
        thread.start();
        return diagnosis;
    }

    /** Returns the likely cause and what to do; waits a little if that is not known yet. */
    String found(Duration wait) throws InterruptedException {
        try {
            return found.get(wait.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            return NOTHING;
        }
    }

    private void run() {
        try {
            found.complete(diagnosis());
        } catch (RuntimeException | Error e) { // an error without its likely cause is better than none
            LOG.debug("the addresses cannot be looked at", e);
            found.complete(NOTHING);
        }
    }

    /**
     * Returns the finding for the first address at which a broker responds; otherwise the one for the first address.
     */
    private String diagnosis() {
        String first = null;
        for (Address address : Address.of(config).stream().limit(MOST_ADDRESSES).toList()) {
            Optional<InetAddress> resolved = address.resolved();
            ProbeResult answer =
                    resolved.isEmpty() ? ProbeResult.UNRESOLVED : Probe.diagnosis(resolved.get(), address.port());
            String words = words(shown(address), answer);
            if (answer.isKafka()) {
                return words;
            }
            first = first == null ? words : first;
        }
        return first == null ? NOTHING : first;
    }

    /** Returns the address, unless a config provider supplied it. */
    private String shown(Address address) {
        return config.bootstrap().variables().isEmpty()
                ? address.toString()
                : config.bootstrap().shown();
    }

    private String words(String at, ProbeResult answer) {
        return switch (answer.kind()) {
            case UNRESOLVED -> "the name in " + at + " cannot be resolved; check its spelling and the DNS";
            case CLOSED -> "nothing listens at " + at + "; " + NOTHING;
            case UNREACHABLE ->
                at + " cannot be reached; check the address, firewalls in between, and that the broker is running";
            case SILENT ->
                at + " takes connections and answers nothing; check that it is a port of a broker, and that the broker"
                        + " is not overloaded";
            case HTTP -> at + " speaks HTTP and not Kafka's protocol; check the port";
            case OTHER -> at + " does not speak Kafka's protocol; check the port";
            case TLS_OF_ANOTHER -> at + " speaks TLS, but not Kafka's protocol to this client; check the port";
            case SLOW_KAFKA ->
                answer.tls() == security.tls()
                        ? at + " is a broker that answers too slowly; check that it is not overloaded"
                        : kafka(at, answer);
            case KAFKA -> kafka(at, answer);
        };
    }

    private String kafka(String at, ProbeResult answer) {
        if (answer.tls() != security.tls() || answer.sasl() != security.sasl()) {
            String login = answer.sasl() ? "a log-in (by " + String.join(", ", answer.mechanisms()) + ")" : "no log-in";
            String asks = (answer.tls() ? "TLS" : "no TLS") + " and " + login;
            return at + " is a broker that asks for " + asks + ", and " + security.shownProtocol()
                    + "; set security.protocol=" + SecuritySettings.protocol(answer.tls(), answer.sasl())
                    + (answer.sasl() && !security.sasl() ? ", sasl.mechanism and sasl.jaas.config" : "");
        }
        List<String> dark = answer.brokers().stream()
                .filter(broker -> broker.resolved()
                        .filter(resolved -> Probe.isOpen(resolved, broker.port()))
                        .isEmpty())
                .map(Address::toString)
                .toList();
        return at + " is a broker that answers, but "
                + (dark.isEmpty()
                        ? "the addresses that it gives to clients may not be reached"
                        : "the address that it gives to clients cannot be reached: " + String.join(", ", dark))
                + "; have advertised.listeners of the brokers corrected, or make the address reachable from here";
    }
}
