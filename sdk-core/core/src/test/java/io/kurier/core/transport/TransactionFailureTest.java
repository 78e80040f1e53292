// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.kurier.core.transport.TransactionFailure.Remedy;
import java.util.List;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.ApplicationRecoverableException;
import org.apache.kafka.common.errors.ConcurrentTransactionsException;
import org.apache.kafka.common.errors.CoordinatorNotAvailableException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.common.errors.InvalidPidMappingException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.NotCoordinatorException;
import org.apache.kafka.common.errors.OutOfOrderSequenceException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TransactionAbortableException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.apache.kafka.common.protocol.Errors;
import org.junit.jupiter.api.Test;

/** The classes of KIP-1050, and what is done about each. */
class TransactionFailureTest {

    @Test
    void repeatsWhatIsRetriable() {
        assertRemedy(Remedy.RETRY, new TimeoutException("x"), new ConcurrentTransactionsException("x"), interrupt());
    }

    @Test
    void repeatsWhatNeedsNewMetadata() {
        assertRemedy(Remedy.RETRY, new NotCoordinatorException("x"), new CoordinatorNotAvailableException("x"));
    }

    @Test
    void abortsWhatIsAbortable() {
        assertRemedy(
                Remedy.ABORT,
                new TransactionAbortableException("x"),
                new KafkaException("in an error state", new RecordTooLargeException("x")),
                new OutOfOrderSequenceException("x"));
    }

    @Test
    void asksTheCoordinatorByAnAbortWhetherAnOldEpochMeansAnotherOwner() {
        assertRemedy(Remedy.ABORT, new InvalidProducerEpochException("x"));
    }

    @Test
    void makesAnotherProducerWhereTheApplicationCanRecover() {
        assertRemedy(Remedy.RENEW, new InvalidPidMappingException("x"));
    }

    @Test
    void leavesAnIdToItsNewOwner() {
        assertRemedy(Remedy.FENCED, new ProducerFencedException("x"));
    }

    @Test
    void givesUpWhereTheConfigurationIsWrong() {
        assertRemedy(
                Remedy.RECONFIGURE,
                new TransactionalIdAuthorizationException("x"),
                new SaslAuthenticationException("x"),
                new UnsupportedVersionException("x"));
    }

    /** Each of Kafka's errors by the class of KIP-1050 that it extends, which a client before 4.1 does not have. */
    @Test
    void listsEveryErrorOfTheClassesThatAnOlderClientDoesNotHave() {
        int looked = 0;
        for (Errors error : Errors.values()) {
            RuntimeException cause = error.exception();
            if (cause instanceof ProducerFencedException || cause instanceof InvalidProducerEpochException) {
                continue; // tested by themselves
            }
            if (cause instanceof ApplicationRecoverableException) {
                assertThat(TransactionFailure.RECOVERABLE).as(error.name()).anyMatch(kind -> kind.isInstance(cause));
                assertRemedy(Remedy.RENEW, cause);
                looked++;
            } else if (cause instanceof InvalidConfigurationException) {
                assertThat(TransactionFailure.MISCONFIGURED.subList(1, TransactionFailure.MISCONFIGURED.size()))
                        .as(error.name())
                        .anyMatch(kind ->
                                kind.isInstance(cause) || cause.getClass() == InvalidConfigurationException.class);
                assertRemedy(Remedy.RECONFIGURE, cause);
                looked++;
            }
        }
        assertThat(looked).isGreaterThan(10);
    }

    @Test
    void makesAnotherProducerForWhatALaterClientCallsRecoverable() {
        assertRemedy(Remedy.RENEW, new ApplicationRecoverableException("x") {});
    }

    private static InterruptException interrupt() {
        InterruptException interrupt = new InterruptException("x");
        boolean unused = Thread.interrupted(); // set by the exception
        return interrupt;
    }

    private static void assertRemedy(Remedy remedy, RuntimeException... causes) {
        for (RuntimeException cause : List.of(causes)) {
            TransactionFailure failure = TransactionFailure.of(cause);
            assertThat(failure.remedy()).as(cause.toString()).isEqualTo(remedy);
            assertThat(failure.kafkas()).isSameAs(cause);
        }
    }
}
