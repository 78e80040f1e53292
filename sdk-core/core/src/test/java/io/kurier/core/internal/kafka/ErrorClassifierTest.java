// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.kurier.Outcome;
import io.kurier.core.transport.KafkaFailure;
import java.util.List;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.NotLeaderOrFollowerException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.Test;

class ErrorClassifierTest {

    @Test
    void isNotStoredOnlyWhereTheErrorIsTheRecordsOwn() {
        assertMeans(Outcome.NOT_STORED, false, new RecordTooLargeException("x"));
        assertMeans(Outcome.NOT_STORED, false, new InvalidRecordException("x"));
        assertMeans(Outcome.NOT_STORED, false, new TopicAuthorizationException("x"));
    }

    @Test
    void letsTheNeighbourOfAPoisonRecordTryAgain() {
        assertMeans(
                Outcome.NOT_STORED,
                true,
                new KafkaException("Failed to append record because it was part of a batch which had one more more"
                        + " invalid records"));
    }

    @Test
    void isUnknownOtherwise() {
        assertMeans(Outcome.UNKNOWN, false, new TimeoutException("x"));
        assertMeans(Outcome.UNKNOWN, false, new NotLeaderOrFollowerException("x"));
        assertMeans(Outcome.UNKNOWN, false, new KafkaException("Producer is closed forcefully."));
    }

    @Test
    void isUnknownWhateverItSaysIfAnEarlierAttemptCanHaveStoredTheRecord() {
        for (Exception rejection : List.of(
                new RecordTooLargeException("x"),
                new InvalidRecordException("x"),
                new InvalidTimestampException("x"),
                new InvalidTopicException("x"),
                new TopicAuthorizationException("x"),
                new ClusterAuthorizationException("x"),
                new KafkaException("part of a batch which had one more more invalid records"))) {
            assertThat(ErrorClassifier.classify(rejection, false).outcome())
                    .as("%s", rejection)
                    .isEqualTo(Outcome.NOT_STORED);
            assertThat(ErrorClassifier.classify(rejection, true))
                    .as("%s", rejection)
                    .isEqualTo(new KafkaFailure(Outcome.UNKNOWN, false, rejection));
        }
    }

    private static void assertMeans(Outcome outcome, boolean retriable, Exception cause) {
        assertThat(ErrorClassifier.classify(cause)).isEqualTo(new KafkaFailure(outcome, retriable, cause));
    }
}
