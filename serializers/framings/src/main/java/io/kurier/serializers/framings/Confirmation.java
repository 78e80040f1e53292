// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.framings;

import io.kurier.spi.PayloadSchema;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares the identity that one source has given a schema with what the other sources have, while records are written
 * already: a file's ids do not wait for a registry, and a wrong one stops its topic as soon as the registry answers.
 * Safe for use by any number of threads.
 */
final class Confirmation {
    private static final Logger LOG = LoggerFactory.getLogger(Confirmation.class);

    private final String framing;
    private final String topic;
    private final PayloadSchema schema;
    private final SchemaSource from;
    private final RegisteredSchema given;

    /** The difference that stops the topic; null if there is none, or none is known yet. */
    private volatile @Nullable String conflict;

    /**
     * Creates the comparison of one schema in one topic.
     *
     * @param from the source that has given the identity
     * @param given only the part of it that is written
     */
    Confirmation(String framing, String topic, PayloadSchema schema, SchemaSource from, RegisteredSchema given) {
        this.framing = framing;
        this.topic = topic;
        this.schema = schema;
        this.from = from;
        this.given = given;
    }

    /**
     * Checks that no source has another identity, as far as they have answered.
     *
     * @throws SerializationException with both values if one has
     */
    void check() {
        String found = conflict;
        if (found != null) {
            throw new SerializationException(found);
        }
    }

    /** Asks the other sources, and returns at once. */
    void begin(List<SchemaSource> others) {
        for (SchemaSource other : others) {
            CompletionStage<?> unused =
                    other.confirm(topic, schema, given).whenComplete((has, failure) -> answered(other, has, failure));
        }
    }

    private void answered(SchemaSource other, @Nullable RegisteredSchema has, @Nullable Throwable failure) {
        if (failure != null) {
            Throwable cause =
                    failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
            if (cause instanceof SerializationException) {
                stop("the framing " + framing + " has written " + written() + ", which must not be: "
                        + cause.getMessage());
            } else {
                LOG.warn(
                        "The framing {} writes {}, which is not compared with {}: {}",
                        framing,
                        written(),
                        other,
                        cause.getMessage());
            }
            return;
        }
        String difference = difference(has);
        if (difference == null) {
            return;
        }
        if (has == null && given.id() == null) {
            LOG.warn("The framing {} writes {}, and {} {}", framing, written(), other, difference);
            return;
        }
        stop("the framing " + framing + " has written " + written() + ", and " + other + " " + difference
                + ". Records with a wrong id cannot be read: correct it in " + from + ", and start again");
    }

    private void stop(String why) {
        conflict = why;
        LOG.error("{}", why);
    }

    private String written() {
        return "the schema " + SchemaSources.describe(schema) + " of the topic " + topic + " with "
                + SchemaSources.name(given) + " of " + from;
    }

    /** Returns what differs, as the end of a sentence that begins with the other source; null if nothing does. */
    private @Nullable String difference(@Nullable RegisteredSchema has) {
        if (has == null) {
            return "knows neither that " + (given.id() == null ? "GUID" : "id") + " nor the schema";
        }
        boolean sameId = given.id() == null || given.id().equals(has.id());
        if (!sameId
                || (given.guid() != null && has.guid() != null && !given.guid().equals(has.guid()))) {
            return "has it with "
                    + SchemaSources.name(
                            given.id() == null ? new RegisteredSchema(has.format(), null, has.guid(), null) : has);
        }
        if (isSameText(has)) {
            return null;
        }
        return "has another schema with " + SchemaSources.name(given) + ", "
                + (has.format().equals(given.format()) ? "of other fields or properties" : "one of " + has.format());
    }

    private boolean isSameText(RegisteredSchema has) {
        if (!has.format().equals(given.format())) {
            return false;
        }
        String ours = given.text() == null ? schema.text() : given.text();
        String theirs = has.text();
        if (ours == null || theirs == null || ours.equals(theirs)) {
            return true;
        }
        try {
            return Objects.equals(
                    SchemaText.of(given.format(), ours).payload(),
                    SchemaText.of(given.format(), theirs).payload());
        } catch (IllegalArgumentException e) {
            return false; // a text that cannot be read is not the one that was
        }
    }
}
