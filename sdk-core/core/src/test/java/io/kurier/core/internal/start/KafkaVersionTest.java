// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kurier.StartException;
import io.kurier.core.internal.config.TransactionConfig;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.apache.kafka.common.utils.AppInfoParser;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which kafka-clients are taken, and what is said of the others. */
class KafkaVersionTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "3.9.2",
                "3.9.3",
                "4.0.2",
                "4.0.10",
                "4.1.2",
                "4.1.9",
                "4.2.0",
                "4.2",
                "4.3.1",
                "4.4.0",
                "5.0.0",
                "10.1",
                "4.1.2-ccs",
                "4.2.0-SNAPSHOT",
                "4.2.1-cp1",
                "4.1.2.redhat-00001",
                "4.3.0+build.5",
                "8.2.0-ccs",
                "8.3.1-ce",
                "9.0.0-ccs"
            })
    void takesWhatHasTheFix(String version) {
        assertThatCode(() -> KafkaVersion.check(version)).doesNotThrowAnyException();
    }

    @ParameterizedTest(name = "{0} is refused, and {1} would do")
    @CsvSource({
        "3.9.1, 3.9.2",
        "3.9, 3.9.2",
        "3.8.1, 3.9.2",
        "2.0.0, 3.9.2",
        "0.11.0.3, 3.9.2",
        "4.0.0, 4.0.2",
        "4.0.1, 4.0.2",
        "4.0.1-SNAPSHOT, 4.0.2",
        "4.1.0, 4.1.2",
        "4.1.1, 4.1.2",
        "4.1.1-ccs, 4.1.2",
    })
    void namesTheNearestReleaseWithTheFix(String version, String take) {
        assertThatThrownBy(() -> KafkaVersion.check(version))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("kafka-clients " + version + " are on the class path")
                .hasMessageContaining("Take " + take + " or newer")
                .hasMessageContaining("set the Maven property kafka.version to " + take);
    }

    @Test
    void saysWhatIsThereWhyItIsRefusedWhatToTakeAndHow() {
        assertThatThrownBy(() -> KafkaVersion.check("4.1.1"))
                .hasMessage("kafka-clients 4.1.1 are on the class path. They can store a record in the wrong topic and"
                        + " report success (CVE-2026-35554, KAFKA-19012). Take 4.1.2 or newer. Under a parent that manages"
                        + " Kafka, such as spring-boot-starter-parent, set the Maven property kafka.version to 4.1.2,"
                        + " since such a parent wins over an imported BOM; elsewhere import kurier-bom before other BOMs,"
                        + " or manage the version of org.apache.kafka:kafka-clients yourself");
    }

    @ParameterizedTest
    @ValueSource(strings = {"of an unknown version", "", "4", "four", "4.x.1", "-1.2.3", "4.3.1\n", "99999999999.1.1"})
    void refusesWhatIsNoVersion(String text) {
        assertThatThrownBy(() -> KafkaVersion.check(text))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("is not known")
                .hasMessageContaining("kafka/kafka-version.properties")
                .hasMessageContaining("4.2.0 or newer");
    }

    @ParameterizedTest
    @ValueSource(strings = {"7.9.1-ccs", "7.9.2-ce", "8.0.2-ccs", "8.1.9-ccs"})
    void refusesNumbersOfConfluentsThatDoNotSayWhetherTheyHaveTheFix(String version) {
        assertThatThrownBy(() -> KafkaVersion.check(version))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("kafka-clients " + version)
                .hasMessageContaining("Take Confluent's 8.2.0 or newer, or Apache Kafka's 4.2.0 or newer");
    }

    @Test
    void findsTheVersionThatKafkaItselfStates() {
        assertThat(KafkaVersion.found()).isEqualTo(AppInfoParser.getVersion());
        assertThatCode(KafkaVersion::check).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "version=", "version=  ", "commitId=5e9866f43ab8e7e4", "version=\\u00zz"})
    void saysThatAJarStatesNoVersion(String properties) throws IOException {
        assertThat(found(properties)).isEqualTo("of an unknown version");
    }

    @Test
    void readsTheVersionOfAJar() throws IOException {
        assertThat(found("commitId=1\nversion= 4.1.2 \n")).isEqualTo("4.1.2");
        assertThat(KafkaVersion.found(null)).isEqualTo("of an unknown version");
    }

    private static String found(String properties) throws IOException {
        return KafkaVersion.found(new ByteArrayInputStream(properties.getBytes(StandardCharsets.ISO_8859_1)));
    }

    @Test
    void refusesTransactionsThatTheClientDoesNotKnow() {
        assertThatThrownBy(() -> KafkaVersion.checkTransactions(transactions("shop", 2), "3.9.2"))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("kafka-clients 3.9.2 know transactions of version 1 only")
                .hasMessageContaining("transactions.minimum.version=1");
    }

    @Test
    void takesTransactionsThatTheClientKnowsOrThatAreAccepted() {
        assertThatCode(() -> {
                    KafkaVersion.checkTransactions(transactions("shop", 2), "4.0.2");
                    KafkaVersion.checkTransactions(transactions("shop", 1), "3.9.2");
                    KafkaVersion.checkTransactions(transactions(null, 2), "3.9.2");
                    KafkaVersion.checkTransactions(transactions("shop", 2), "8.2.0-ccs");
                })
                .doesNotThrowAnyException();
    }

    private static TransactionConfig transactions(@Nullable String applicationId, int minimum) {
        return new TransactionConfig(applicationId, null, "main", 4, Duration.ofMinutes(1), minimum);
    }
}
