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

/** An exception that Kafka's producer threw when a transaction began or ended, with the remedy. */
public final class TransactionFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What to do about the failure, by the classes of KIP-1050. */
    public enum Remedy {
        /** Repeat the call: it is idempotent. The class "retriable", including "refresh retriable". */
        RETRY,
        /** Abort; the next transaction can use the producer. The class "abortable", and errors of single records. */
        ABORT,
        /** Close the producer and create another with the same id. The class "application recoverable". */
        RENEW,
        /** Do nothing: another process owns the id, and taking it back would fence that process. */
        FENCED,
        /**
         * Change permissions or configuration; the producer cannot be used any more. The class "invalid configuration".
         */
        RECONFIGURE
    }

    // Since 4.1 Kafka's exceptions extend one class for each kind. Before, they extend ApiException and are listed
    // here; the exceptions of a later client are recognized by the class that they extend.
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

    /** Classifies an exception of Kafka's producer. */
    public static TransactionFailure of(RuntimeException cause) {
        return new TransactionFailure(remedy(cause), cause);
    }

    /**
     * Classifies an {@code Error}, thrown by an interceptor or because memory ran out: the producer cannot be used any
     * more.
     */
    public static TransactionFailure of(Error cause) {
        return new TransactionFailure(Remedy.RENEW, new ClientErrorException(cause));
    }

    /**
     * A wrapper that is not mistaken for the exception by which Kafka's producer reports that a transaction is in an
     * error state.
     */
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
        // This is the response to a record, not the coordinator's: the coordinator knows more, and the abort asks it
        // (KIP-588).
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

    /** Whether the exception extends Kafka's class of that name, which an older client does not have. */
    private static boolean isRecoverable(Throwable cause) {
        for (Class<?> type = cause.getClass(); type != null; type = type.getSuperclass()) {
            if (type.getName().equals("org.apache.kafka.common.errors.ApplicationRecoverableException")) {
                return true;
            }
        }
        return false;
    }

    /** What to do about the failure. */
    public Remedy remedy() {
        return remedy;
    }

    /** The exception of Kafka's producer. */
    public RuntimeException kafkas() {
        return kafkas;
    }
}
