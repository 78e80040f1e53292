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

/** Awaits the first answer of a cluster, and says why there is none. Safe for use by any number of threads. */
public final class ConnectionDiagnosis {
    /** How long a broker may take to answer at all. */
    public static final Duration ANSWER = Duration.ofSeconds(6);

    /** After so long it is looked what is there, so that this is known when the time is over. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    /** How long a failure waits for what is found. */
    private static final Duration REST = Duration.ofSeconds(1);

    private ConnectionDiagnosis() {}

    /**
     * The answer to the first question, which was asked with {@link #ANSWER} as its limit.
     *
     * @throws StartException if no broker answers, or one does not let the client in
     * @throws ExecutionException if one refuses the question
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

    /** Whether a start has failed because no broker was there, or no name of one, so that it can succeed later. */
    public static boolean isMissing(PublisherConfig config, StartException failure) {
        return failure.getCause() instanceof TimeoutException
                || (failure.getCause() instanceof ConfigException && isUnresolved(config));
    }

    private static boolean isUnresolved(PublisherConfig config) {
        return Address.of(config).stream()
                .allMatch(address -> address.resolved().isEmpty());
    }

    /** What to say when a broker does not let the client in. */
    public static StartException notLetIn(PublisherConfig config, AuthenticationException failure) {
        return new StartException(LoginFailure.words(config, failure), failure);
    }

    /** The same as a sentence. */
    public static String whyNotLetIn(PublisherConfig config, AuthenticationException failure) {
        return LoginFailure.words(config, failure);
    }

    /**
     * What to say when Kafka's client cannot be made.
     *
     * @param what what cannot be done
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
