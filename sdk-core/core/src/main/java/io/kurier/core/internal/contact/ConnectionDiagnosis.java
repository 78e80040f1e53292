// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.contact;

import io.kurier.StartException;
import io.kurier.core.internal.config.PublisherConfig;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;

/** Awaits the first response of a cluster, and finds out why there is none. Safe for use by any number of threads. */
public final class ConnectionDiagnosis {
    /** How long a broker may take to respond at all. */
    public static final Duration ANSWER = Duration.ofSeconds(6);

    /** After this time the diagnosis begins, so that its result is known when the time is over. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    /** How long a failure waits for the result of the diagnosis. */
    private static final Duration REST = Duration.ofSeconds(1);

    private ConnectionDiagnosis() {}

    /**
     * Returns the response to the first request, which was made with {@link #ANSWER} as its limit.
     *
     * @throws StartException if no broker responds, or one rejects the client's log-in
     * @throws ExecutionException if a broker refuses the request
     */
    public static <T> T await(PublisherConfig config, KafkaFuture<T> asked)
            throws ExecutionException, InterruptedException {
        EndpointDiagnosis diagnosis = null;
        try {
            try {
                return asked.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            } catch (java.util.concurrent.TimeoutException e) {
                diagnosis = EndpointDiagnosis.begin(config);
                return asked.get();
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof TimeoutException silence) {
                String found = diagnosis == null ? EndpointDiagnosis.NOTHING : diagnosis.found(REST);
                throw new StartException(
                        "no broker answered at " + config.bootstrap().shown() + " within " + ANSWER.toSeconds() + " s ("
                                + config.bootstrap() + "); " + found,
                        silence);
            }
            if (e.getCause() instanceof AuthenticationException failure) {
                throw notLetIn(config, failure);
            }
            throw e;
        }
    }

    /**
     * Whether a start has failed because no broker was reachable, or a broker's name could not be resolved, so that the
     * start can succeed later.
     */
    public static boolean isMissing(PublisherConfig config, StartException failure) {
        return failure.getCause() instanceof TimeoutException
                || (failure.getCause() instanceof ConfigException && isUnresolved(config));
    }

    private static boolean isUnresolved(PublisherConfig config) {
        return Address.of(config).stream()
                .allMatch(address -> address.resolved().isEmpty());
    }

    /** Returns the error for a broker that rejects the client's log-in. */
    public static StartException notLetIn(PublisherConfig config, AuthenticationException failure) {
        return new StartException(LoginFailure.words(config, failure), failure);
    }

    /** Returns why a broker rejects the client's log-in, as a sentence. */
    public static String whyNotLetIn(PublisherConfig config, AuthenticationException failure) {
        return LoginFailure.words(config, failure);
    }

    /**
     * Returns the error for one of Kafka's clients that cannot be created.
     *
     * @param what the action that is not possible
     */
    public static StartException notMade(PublisherConfig config, String what, Throwable e) {
        SecuritySettings security = new SecuritySettings(config);
        if (security.lacksLogin()) {
            return new StartException(
                    security.named("security.protocol") + " asks for a log-in, and sasl.jaas.config is not set. Set"
                            + " sasl.mechanism, now " + security.mechanism() + ", and sasl.jaas.config, such as"
                            + " org.apache.kafka.common.security.plain.PlainLoginModule required username=\"...\""
                            + " password=\"...\";",
                    e);
        }
        if (isUnresolved(config)) {
            String hosts = String.join(
                    ", ", Address.of(config).stream().map(Address::host).toList());
            return new StartException(
                    config.bootstrap() + ": the name "
                            + Optional.of(config.bootstrap())
                                    .filter(setting -> !setting.variables().isEmpty())
                                    .map(setting -> "in " + setting.shown())
                                    .orElse(hosts)
                            + " cannot be resolved to an address. Check the spelling, and the DNS of this machine.",
                    e instanceof KafkaException && e.getCause() instanceof ConfigException cause ? cause : e);
        }
        return config.refused(what, e);
    }
}
