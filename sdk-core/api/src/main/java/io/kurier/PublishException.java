// SPDX-License-Identifier: Apache-2.0
package io.kurier;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The only exception with which a publish fails: the future of {@link Publisher#publish(Message)} completes with it.
 *
 * <p>The exception's message names topic, stage and reason. It never shows a key, a value or a secret.
 */
public final class PublishException extends KurierException {
    private static final long serialVersionUID = 1L;

    private final String topic;
    private final Stage stage;
    private final transient @Nullable Receipt deadLetter;

    /**
     * Makes the failure of one message, without a handle.
     *
     * @param topic the alias of the topic, for the exception's message
     * @param stage the step at which the message failed
     * @param outcome what may be in the log
     * @param retriable whether publishing the same message again, unchanged, can succeed
     * @param reason one sentence: why it failed, and what to do
     * @param cause the exception of Kafka or of a plugin, or null
     */
    public PublishException(
            String topic, Stage stage, Outcome outcome, boolean retriable, String reason, @Nullable Throwable cause) {
        this(topic, stage, outcome, retriable, reason, cause, null);
    }

    /**
     * Makes the failure of one message whose outcome can be resolved later.
     *
     * @param handle the argument for {@link Publisher#resolve(DeliveryHandle)} that finds the outcome, or null
     */
    public PublishException(
            String topic,
            Stage stage,
            Outcome outcome,
            boolean retriable,
            String reason,
            @Nullable Throwable cause,
            @Nullable DeliveryHandle handle) {
        super(
                "topic " + Printable.of(Objects.requireNonNull(topic, "topic")) + ", "
                        + Objects.requireNonNull(stage, "stage"),
                outcome,
                retriable,
                reason,
                cause,
                handle);
        this.topic = topic;
        this.stage = stage;
        this.deadLetter = null;
    }

    private PublishException(PublishException other, @Nullable Receipt deadLetter) {
        super(other);
        this.topic = other.topic;
        this.stage = other.stage;
        this.deadLetter = deadLetter;
    }

    /**
     * Returns a copy of this failure that tells what became of the message's dead letter. For publishers.
     *
     * @param receipt where it is stored, or null
     * @param failure why it is not stored, or may not be; added as a suppressed exception; null if it is stored
     */
    public PublishException withDeadLetter(@Nullable Receipt receipt, @Nullable PublishException failure) {
        PublishException copy = new PublishException(this, receipt);
        if (failure != null) {
            copy.addSuppressed(failure);
        }
        return copy;
    }

    /**
     * Where the message's dead letter is stored, for a topic with {@code topics.A.dead.letter}. Empty if there is none:
     * the outcome is {@link Outcome#UNKNOWN}, the failure is retriable, or the dead letter itself is not stored, and
     * then its failure is a suppressed exception of this one. Empty after serialization.
     */
    public Optional<Receipt> deadLetter() {
        return Optional.ofNullable(deadLetter);
    }

    /** The alias of the topic that the message was published to. */
    public String topic() {
        return topic;
    }

    /** The step at which the message failed. */
    public Stage stage() {
        return stage;
    }
}
