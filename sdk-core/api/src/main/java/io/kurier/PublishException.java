// SPDX-License-Identifier: Apache-2.0
package io.kurier;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The one way in which a publish fails; the future of {@link Publisher#publish(Message)} completes with it.
 *
 * <p>The message names topic, stage and reason and never shows a key, a value or a secret.
 */
public final class PublishException extends KurierException {
    private static final long serialVersionUID = 1L;

    private final String topic;
    private final Stage stage;

    /**
     * A failure of one message.
     *
     * @param topic the alias of the topic, for the reader
     * @param stage where it failed
     * @param outcome what may be in the log
     * @param retriable whether publishing the same message again can succeed without a change
     * @param reason one sentence: why, and what to do
     * @param cause what Kafka or a plugin threw, or null
     */
    public PublishException(
            String topic, Stage stage, Outcome outcome, boolean retriable, String reason, @Nullable Throwable cause) {
        this(topic, stage, outcome, retriable, reason, cause, null);
    }

    /**
     * A failure of one message that can be looked into later.
     *
     * @param handle what {@link Publisher#resolve(DeliveryHandle)} finds the outcome by, or null
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

    /** The alias of the topic that the message was for. */
    public String topic() {
        return topic;
    }

    /** The step at which the message failed. */
    public Stage stage() {
        return stage;
    }
}
