// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.transport;

import io.kurier.core.internal.errors.ThrowableText;
import java.util.List;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.IllegalGenerationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.common.errors.InvalidPidMappingException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.InvalidReplicationFactorException;
import org.apache.kafka.common.errors.InvalidRequiredAcksException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.UnknownMemberIdException;
import org.apache.kafka.common.errors.UnsupportedForMessageFormatException;
import org.apache.kafka.common.errors.UnsupportedVersionException;

/** What Kafka's producer threw at the beginning or at the end of a transaction, and what helps. */
public final class TransactionFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What to do, by the classes of KIP-1050. */
    public enum Remedy {
        /** The same call again: it is idempotent. The class "retriable", "refresh retriable" included. */
        RETRY,
        /** Abort; the next transaction can use the producer. The class "abortable", and errors of single records. */
        ABORT,
        /** Close the producer and make another with the same id. The class "application recoverable". */
        RENEW,
        /** Nothing: another process has the id, and to take it back would fence that one. */
        FENCED,
        /** A change of rights or configuration; the producer is of no use. The class "invalid configuration". */
        RECONFIGURE
    }

    // Since 4.1 Kafka's classes extend one for each kind. Before, they extend ApiException and are listed here;
    // the kinds of a later client are found by what they extend.
    static final List<Class<? extends Exception>> RECOVERABLE = List.of(
            InvalidPidMappingException.class,
            FencedInstanceIdException.class,
            IllegalGenerationException.class,
            UnknownMemberIdException.class);
    static final List<Class<? extends Exception>> MISCONFIGURED = List.of(
            InvalidConfigurationException.class,
            AuthenticationException.class,
            AuthorizationException.class,
            UnsupportedVersionException.class,
            InvalidTopicException.class,
            InvalidRecordException.class,
            InvalidReplicationFactorException.class,
            InvalidRequiredAcksException.class,
            RecordBatchTooLargeException.class,
            UnsupportedForMessageFormatException.class);

    private final Remedy remedy;
    private final RuntimeException kafkas;

    private TransactionFailure(Remedy remedy, RuntimeException cause) {
        super(ThrowableText.reason(cause), cause);
        this.remedy = remedy;
        this.kafkas = cause;
    }

    /** What to do about an exception of Kafka's producer. */
    public static TransactionFailure of(RuntimeException cause) {
        return new TransactionFailure(remedy(cause), cause);
    }

    /** What to do about an {@code Error}, of an interceptor or for want of memory: the producer is of no use any more. */
    public static TransactionFailure of(Error cause) {
        return new TransactionFailure(Remedy.RENEW, new ClientErrorException(cause));
    }

    /** Not to be taken for one by which Kafka's producer says that a transaction is in an error state. */
    private static final class ClientErrorException extends KafkaException {
        private static final long serialVersionUID = 1L;

        private ClientErrorException(Error cause) {
            super(ThrowableText.of(cause), cause);
        }
    }

    private static Remedy remedy(Throwable cause) {
        if (cause instanceof RetriableException || cause instanceof InterruptException) {
            return Remedy.RETRY;
        }
        if (cause instanceof ProducerFencedException) {
            return Remedy.FENCED;
        }
        // The answer to a record, and not the coordinator's: that one knows more, and the abort asks it (KIP-588).
        if (cause instanceof InvalidProducerEpochException) {
            return Remedy.ABORT;
        }
        if (isOneOf(RECOVERABLE, cause) || isRecoverable(cause)) {
            return Remedy.RENEW;
        }
        return isOneOf(MISCONFIGURED, cause) ? Remedy.RECONFIGURE : Remedy.ABORT;
    }

    private static boolean isOneOf(List<Class<? extends Exception>> kinds, Throwable cause) {
        return kinds.stream().anyMatch(kind -> kind.isInstance(cause));
    }

    /** Whether it extends Kafka's class of that name, which an older client does not have. */
    private static boolean isRecoverable(Throwable cause) {
        for (Class<?> type = cause.getClass(); type != null; type = type.getSuperclass()) {
            if (type.getName().equals("org.apache.kafka.common.errors.ApplicationRecoverableException")) {
                return true;
            }
        }
        return false;
    }

    /** What to do. */
    public Remedy remedy() {
        return remedy;
    }

    /** What Kafka's producer threw. */
    public RuntimeException kafkas() {
        return kafkas;
    }
}
