// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kurier.Outcome;
import io.kurier.StartException;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.NotLeaderOrFollowerException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.Test;

class KafkaFailureTest {

    @Test
    void isNotStoredOnlyWhereTheErrorIsTheRecordsOwn() {
        assertThat(KafkaFailure.of(new RecordTooLargeException("x")))
                .isEqualTo(new KafkaFailure(Outcome.NOT_STORED, false));
        assertThat(KafkaFailure.of(new InvalidRecordException("x")))
                .isEqualTo(new KafkaFailure(Outcome.NOT_STORED, false));
        assertThat(KafkaFailure.of(new TopicAuthorizationException("x")))
                .isEqualTo(new KafkaFailure(Outcome.NOT_STORED, false));
    }

    @Test
    void letsTheNeighbourOfAPoisonRecordTryAgain() {
        KafkaException neighbour = new KafkaException(
                "Failed to append record because it was part of a batch which had one more more invalid records");

        assertThat(KafkaFailure.of(neighbour)).isEqualTo(new KafkaFailure(Outcome.NOT_STORED, true));
    }

    @Test
    void isUnknownOtherwise() {
        assertThat(KafkaFailure.of(new TimeoutException("x"))).isEqualTo(new KafkaFailure(Outcome.UNKNOWN, false));
        assertThat(KafkaFailure.of(new NotLeaderOrFollowerException("x")))
                .isEqualTo(new KafkaFailure(Outcome.UNKNOWN, false));
        assertThat(KafkaFailure.of(new KafkaException("Producer is closed forcefully.")))
                .isEqualTo(new KafkaFailure(Outcome.UNKNOWN, false));
    }

    @Test
    void refusesClientsThatCanStoreARecordInTheWrongTopic() {
        for (String sound : new String[] {"4.2.0", "4.3.1", "5.0.0", "4.2.1-cp1"}) {
            assertThatCode(() -> KafkaVersion.check(sound)).doesNotThrowAnyException();
        }
        for (String unsound : new String[] {"4.1.9", "3.9.1", "unknown"}) {
            assertThatThrownBy(() -> KafkaVersion.check(unsound))
                    .isInstanceOf(StartException.class)
                    .hasMessageContaining("kafka-clients " + unsound)
                    .hasMessageContaining("CVE-2026-35554");
        }
    }
}
