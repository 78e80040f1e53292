// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.start;

import io.kurier.StartException;
import io.kurier.core.internal.config.TransactionConfig;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Refuses kafka-clients that can put a record on the wrong topic and report success (CVE-2026-35554, KAFKA-19012; fixed
 * in 3.9.2, 4.0.2, 4.1.2, and 4.2.0 and later). A BOM alone cannot keep an old jar off the class path.
 *
 * <p>The version is read from the resource {@code kafka/kafka-version.properties} of the jar that Kafka's classes come
 * from: Kafka has no public API for it, and 4.4.0 moved the internal one. Safe for use by any number of threads.
 */
public final class KafkaVersion {
    private static final String RESOURCE = "/kafka/kafka-version.properties";
    private static final String UNKNOWN = "of an unknown version";
    private static final Pattern TEXT = Pattern.compile("(\\d{1,4})\\.(\\d{1,4})(?:\\.(\\d{1,4}))?(?:[.+-].*)?");

    /** The first release of each minor version that has the fix; all later minor versions have it. */
    private static final List<Release> FIXED =
            List.of(new Release(3, 9, 2), new Release(4, 0, 2), new Release(4, 1, 2), new Release(4, 2, 0));

    /** Confluent numbers Kafka 3.9 as 7.9 and 4.2 as 8.2, with patch numbers of its own. */
    private static final Pattern CONFLUENT = Pattern.compile(".*-(?:ccs|ce)");

    private static final Release CONFLUENTS_FIRST = new Release(5, 0, 0);
    private static final Release CONFLUENTS_FIXED = new Release(8, 2, 0);
    private static final Release TRANSACTION_VERSION_2 = new Release(4, 0, 0); // KIP-890

    private record Release(int major, int minor, int patch) {
        boolean isBefore(Release other) {
            return major != other.major
                    ? major < other.major
                    : minor != other.minor ? minor < other.minor : patch < other.patch;
        }

        boolean isOfAnEarlierMinorThan(Release other) {
            return new Release(major, minor, 0).isBefore(new Release(other.major, other.minor, 0));
        }

        @Override
        public String toString() {
            return major + "." + minor + "." + patch;
        }
    }

    private KafkaVersion() {}

    /** Returns the version of the kafka-clients on the class path as they report it, or a text that it is unknown. */
    public static String found() {
        // ProducerRecord identifies the jar: any public class of it would do.
        try (InputStream file = ProducerRecord.class.getResourceAsStream(RESOURCE)) {
            return found(file);
        } catch (IOException e) {
            return UNKNOWN;
        }
    }

    static String found(@Nullable InputStream file) throws IOException {
        if (file == null) {
            return UNKNOWN;
        }
        Properties properties = new Properties();
        try {
            properties.load(file);
        } catch (IllegalArgumentException e) { // a malformed escape
            return UNKNOWN;
        }
        String version = properties.getProperty("version", "").strip();
        return version.isEmpty() ? UNKNOWN : version;
    }

    /** Throws if the kafka-clients on the class path do not have the fix. */
    public static void check() {
        check(found());
    }

    static void check(String version) {
        Release release = release(version);
        if (release == null) {
            throw rejection(
                    version,
                    "Whether they have the fix of CVE-2026-35554 is not known: " + RESOURCE.substring(1)
                            + " beside them names no version of Apache Kafka. Keep that file where jars are put"
                            + " together, and take " + newest() + " or newer",
                    newest());
        }
        if (!release.isBefore(CONFLUENTS_FIRST) && CONFLUENT.matcher(version).matches()) {
            if (release.isBefore(CONFLUENTS_FIXED)) {
                throw rejection(
                        version,
                        "Whether they have the fix of CVE-2026-35554 is not known: their patch numbers are not"
                                + " Apache Kafka's. Take Confluent's " + CONFLUENTS_FIXED + " or newer, or Apache"
                                + " Kafka's " + newest() + " or newer",
                        newest());
            }
            return;
        }
        for (Release fixed : FIXED) {
            if (release.isOfAnEarlierMinorThan(fixed) || release.isBefore(fixed)) {
                throw rejection(
                        version,
                        "They can store a record in the wrong topic and report success (CVE-2026-35554,"
                                + " KAFKA-19012). Take " + fixed + " or newer",
                        fixed);
            }
            if (!fixed.isOfAnEarlierMinorThan(release)) {
                return;
            }
        }
    }

    private static Release newest() {
        return FIXED.get(FIXED.size() - 1);
    }

    private static StartException rejection(String version, String why, Release take) {
        return new StartException(
                "kafka-clients " + version + " are on the class path. " + why
                        + ". Under a parent that manages Kafka, such as spring-boot-starter-parent, set the Maven"
                        + " property kafka.version to " + take + ", since such a parent wins over an imported BOM;"
                        + " elsewhere import kurier-bom before other BOMs, or manage the version of"
                        + " org.apache.kafka:kafka-clients yourself",
                null);
    }

    /**
     * Throws if transactions are configured with a version that the client cannot use, whatever the cluster supports:
     * before 4.0 the client knows version 1 only (KIP-890).
     */
    public static void checkTransactions(TransactionConfig transactions) {
        checkTransactions(transactions, found());
    }

    static void checkTransactions(TransactionConfig transactions, String version) {
        Release release = release(version);
        if (transactions.areOn()
                && transactions.minimumVersion() > 1
                && release != null
                && release.isBefore(TRANSACTION_VERSION_2)) {
            throw new StartException(
                    "application.id: kafka-clients " + version
                            + " know transactions of version 1 only. Below 2 the late"
                            + " end of one transaction can hit the next one (KIP-890). Take kafka-clients "
                            + new Release(4, 0, 2) + " or newer, or accept that and set"
                            + " transactions.minimum.version=1",
                    null);
        }
    }

    private static @Nullable Release release(String version) {
        Matcher parts = TEXT.matcher(version);
        if (!parts.matches()) {
            return null;
        }
        String patch = parts.group(3);
        return new Release(
                Integer.parseInt(parts.group(1)),
                Integer.parseInt(parts.group(2)),
                patch == null ? 0 : Integer.parseInt(patch));
    }
}
