// SPDX-License-Identifier: Apache-2.0
package io.kurier.opentelemetry;

import io.kurier.KurierException;
import io.opentelemetry.api.common.AttributeKey;

/**
 * The names of the semantic conventions for messaging that Kurier uses. They are in development, so OpenTelemetry has no
 * stable artifact with them; 1.45.0 renames some, for instance {@code messaging.system}.
 */
final class Conventions {
    static final String SCHEMA = "https://opentelemetry.io/schemas/1.44.0";

    static final AttributeKey<String> SYSTEM = AttributeKey.stringKey("messaging.system");
    static final AttributeKey<String> OPERATION_NAME = AttributeKey.stringKey("messaging.operation.name");
    static final AttributeKey<String> OPERATION_TYPE = AttributeKey.stringKey("messaging.operation.type");
    static final AttributeKey<String> DESTINATION = AttributeKey.stringKey("messaging.destination.name");
    static final AttributeKey<String> PARTITION = AttributeKey.stringKey("messaging.destination.partition.id");
    static final AttributeKey<String> CLIENT_ID = AttributeKey.stringKey("messaging.client.id");
    static final AttributeKey<Long> BODY_SIZE = AttributeKey.longKey("messaging.message.body.size");
    static final AttributeKey<Long> OFFSET = AttributeKey.longKey("messaging.kafka.offset");
    static final AttributeKey<String> ERROR_TYPE = AttributeKey.stringKey("error.type");

    /** Kurier's own, with the names of {@link io.kurier.Outcome} and {@link io.kurier.Stage}. */
    static final AttributeKey<String> OUTCOME = AttributeKey.stringKey("kurier.outcome");

    static final AttributeKey<String> STAGE = AttributeKey.stringKey("kurier.stage");

    /** How many records a message has, if it has several. */
    static final AttributeKey<Long> RECORDS = AttributeKey.longKey("kurier.records");

    static final String KAFKA = "kafka";
    static final String SEND = "send";

    /** Stands for error types beyond those that are counted one by one. */
    static final String OTHER = "_OTHER";

    private Conventions() {}

    /**
     * Returns the type of a failure: the class of its cause, which is an exception of Kafka's or of a plugin, or else its
     * outcome.
     */
    static String errorType(KurierException failure) {
        Throwable cause = failure.getCause();
        return cause == null ? failure.outcome().name() : cause.getClass().getName();
    }
}
