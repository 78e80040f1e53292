// SPDX-License-Identifier: Apache-2.0
package io.kurier;

import java.util.Objects;
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
