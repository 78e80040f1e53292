// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.config;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerInterceptor;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.metrics.MetricsReporter;
import org.jspecify.annotations.Nullable;

/**
 * Makes the checks that Kafka makes only when a producer is created or sends ({@code
 * ProducerConfig.postProcessParsedConfig}, {@code KafkaProducer.configureDeliveryTimeout}, {@code
 * ClientUtils.parseAndValidateAddresses}, {@code BufferPool.allocate} in 4.3.1), so that problems are reported with
 * everything else and before anything connects.
 */
final class ProducerChecks {
    private static final int MOST_IN_FLIGHT = 5;
    private static final Pattern ADDRESS =
            Pattern.compile("(?:[A-Za-z][A-Za-z0-9_]*://)?(?:\\[[0-9a-fA-F:.%]+]|[^\\s:/,\\[\\]]+):(\\d{1,5})");
    private static final int HIGHEST_PORT = 65_535;

    private final Map<String, Setting> byName;
    private final Map<String, @Nullable Object> values;
    private final @Nullable Profile profile;
    private final Problems problems;

    /**
     * Creates the checks of one producer.
     *
     * @param byName the settings by Kafka's names
     * @param values the valid values, parsed, those of the profile and defaults included
     * @param profile null if it is unknown, so that its values are unknown as well
     */
    ProducerChecks(
            Map<String, Setting> byName,
            Map<String, @Nullable Object> values,
            @Nullable Profile profile,
            Problems problems) {
        this.byName = byName;
        this.values = values;
        this.profile = profile;
        this.problems = problems;
    }

    void run() {
        checkAddresses();
        checkIdempotence();
        checkTimes();
        checkMemory();
        checkSasl();
        checkStore(SslConfigs.SSL_KEYSTORE_LOCATION_CONFIG);
        checkStore(SslConfigs.SSL_TRUSTSTORE_LOCATION_CONFIG);
        checkClasses(ProducerConfig.INTERCEPTOR_CLASSES_CONFIG, ProducerInterceptor.class);
        checkClasses(ProducerConfig.METRIC_REPORTER_CLASSES_CONFIG, MetricsReporter.class);
    }

    private void checkAddresses() {
        Setting bootstrap = set(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG);
        if (bootstrap == null || bootstrap.value().isBlank()) {
            return; // reported already
        }
        for (String address : bootstrap.value().split(",", -1)) {
            Matcher parts = ADDRESS.matcher(address.strip());
            int port = parts.matches() ? Integer.parseInt(parts.group(1)) : 0;
            if (port < 1 || port > HIGHEST_PORT) {
                problems.add(
                        bootstrap,
                        (bootstrap.isSecret() ? bootstrap.quoted() : "\"" + address.strip() + "\"")
                                + " is not a host and a port from 1 to 65535, such as 127.0.0.1:9092.");
                return;
            }
        }
    }

    private void checkIdempotence() {
        Setting retries = set(ProducerConfig.RETRIES_CONFIG);
        if (retries != null && number(ProducerConfig.RETRIES_CONFIG) == 0) {
            problems.add(
                    retries,
                    "the producer is idempotent, which needs retries. Remove the key; producer.delivery.timeout.ms"
                            + " ends them.");
        }
        Setting inFlight = set(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION);
        if (inFlight != null && number(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION) > MOST_IN_FLIGHT) {
            problems.add(
                    inFlight, "at most " + MOST_IN_FLIGHT + ": beyond that Kafka cannot keep the order of retries.");
        }
    }

    /** If neither a key nor the profile sets the time-out, Kafka makes it long enough by itself. */
    private void checkTimes() {
        String name = ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG;
        String linger = ProducerConfig.LINGER_MS_CONFIG;
        String request = ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG;
        Setting delivery = set(name);
        Setting place = delivery != null || !isOfProfile(name)
                ? delivery
                : Optional.ofNullable(set(request)).orElse(set(linger));
        if (place == null || !(values.get(linger) instanceof Number) || !(values.get(request) instanceof Number)) {
            return;
        }
        long least = Math.min(Math.min(number(linger), Integer.MAX_VALUE) + number(request), Integer.MAX_VALUE);
        if (number(name) < least) {
            String both = Keys.PRODUCER_PREFIX + linger + " and " + Keys.PRODUCER_PREFIX + request + " together, "
                    + shown(linger) + " and " + shown(request);
            problems.add(
                    place,
                    delivery != null
                            ? delivery.quoted() + " is less than " + both + ". Raise it, or lower one of them."
                            : Keys.PRODUCER_PREFIX + name + ", " + shown(name) + ", is less than " + both
                                    + ". Set it, or lower one of them.");
        }
    }

    /** Every send fails if a batch does not fit into the buffer. */
    private void checkMemory() {
        Setting batch = set(ProducerConfig.BATCH_SIZE_CONFIG);
        Setting place = batch == null ? set(ProducerConfig.BUFFER_MEMORY_CONFIG) : batch;
        if (place != null
                && values.get(ProducerConfig.BATCH_SIZE_CONFIG) instanceof Number size
                && values.get(ProducerConfig.BUFFER_MEMORY_CONFIG) instanceof Number memory
                && Math.max(1, size.longValue()) > memory.longValue()) {
            problems.add(
                    place,
                    "no batch would fit: producer.batch.size is " + shown(ProducerConfig.BATCH_SIZE_CONFIG)
                            + ", producer.buffer.memory is " + shown(ProducerConfig.BUFFER_MEMORY_CONFIG)
                            + ". Make the buffer many times as large as a batch.");
        }
    }

    private void checkSasl() {
        Setting protocol = set(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG);
        if (protocol == null || !protocol.value().toUpperCase(Locale.ROOT).startsWith("SASL")) {
            return; // Kafka ignores the other keys then
        }
        Setting mechanism = set(SaslConfigs.SASL_MECHANISM);
        if (mechanism != null && mechanism.value().isBlank()) {
            problems.add(mechanism, "empty, and " + protocol + " asks for SASL. Name a mechanism, such as PLAIN.");
        }
        Setting login = set(SaslConfigs.SASL_JAAS_CONFIG);
        String defect = login == null ? null : JaasText.of(login.value()).defect();
        if (login != null && defect != null) {
            problems.add(login, "not a JAAS configuration: " + defect);
        }
    }

    private void checkStore(String name) {
        Setting location = set(name);
        if (location == null) {
            return;
        }
        if (location.value().isEmpty()) {
            problems.add(location, "empty. Set it, or remove the key.");
        } else if (!isReadable(location.value())) {
            problems.add(
                    location,
                    location.isSecret()
                            ? location.quoted() + " is not a file that can be read."
                            : "there is no file " + location.shown() + " that can be read, seen from "
                                    + Path.of("").toAbsolutePath() + ".");
        }
    }

    private static boolean isReadable(String file) {
        try {
            return Files.isReadable(Path.of(file));
        } catch (InvalidPathException e) {
            return false;
        }
    }

    private void checkClasses(String name, Class<?> kind) {
        Setting setting = set(name);
        if (setting == null || !(values.get(name) instanceof List<?> names)) {
            return;
        }
        for (Object className : names) {
            String shown = setting.isSecret() ? setting.quoted() : "\"" + className + "\"";
            try {
                Class<?> found = Class.forName(String.valueOf(className), false, loader());
                if (!kind.isAssignableFrom(found)) {
                    problems.add(setting, shown + " is not a " + kind.getSimpleName() + ".");
                }
            } catch (ClassNotFoundException | LinkageError e) {
                problems.add(setting, shown + " is not the name of a class on the class path.");
            }
        }
    }

    /** Returns the loader that Kafka uses for configured classes. */
    private static ClassLoader loader() {
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        return context == null ? MetricsReporter.class.getClassLoader() : context;
    }

    /** Returns a setting whose value is valid, or null. */
    private @Nullable Setting set(String name) {
        Setting setting = byName.get(name);
        return setting != null && setting.isUsable() && values.containsKey(name) ? setting : null;
    }

    private long number(String name) {
        return values.get(name) instanceof Number number ? number.longValue() : 0;
    }

    /** Returns whether a value is the profile's. */
    private boolean isOfProfile(String name) {
        return profile != null
                && !byName.containsKey(name)
                && profile.producerKeys().containsKey(name);
    }

    private String shown(String name) {
        Setting setting = byName.get(name);
        if (setting == null) {
            return values.get(name) + " (" + (profile != null && isOfProfile(name) ? profile.source() : "default")
                    + ")";
        }
        return (setting.isSecret() ? setting.quoted() : setting.value()) + " (" + setting.source() + ")";
    }
}
