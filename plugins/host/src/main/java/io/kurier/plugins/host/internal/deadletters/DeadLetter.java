// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host.internal.deadletters;

import io.kurier.PublishException;
import io.kurier.Publisher;
import io.kurier.core.internal.errors.ThrowableText;
import io.kurier.plugins.host.internal.records.RecordException;
import java.util.List;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/**
 * A record that could not be published, or a part of the input that a connector refused, with all that is needed to
 * find out why. The arrays are not copied.
 *
 * @param connector the connector's name
 * @param task the number of its task, from 0
 * @param stage where it failed, a name of Connect's header {@code __connect.errors.stage}
 * @param executing the name of the class that failed, or null if it is not known
 * @param reason why it failed, as text; it may quote the record, as the dead letter does
 * @param error the exception, or null if there is none; nothing is assumed about its methods
 * @param topic the topic that the record was for, or null
 * @param source the source partition as JSON, or the name of the input
 * @param position the source offset as JSON, or the position in the input as text
 * @param key the key as well as it can be shown, or null
 * @param value the value as well as it can be shown, or null
 * @param headers the record's headers
 */
public record DeadLetter(
        String connector,
        int task,
        String stage,
        @Nullable String executing,
        String reason,
        @Nullable Throwable error,
        @Nullable String topic,
        String source,
        String position,
        byte @Nullable [] key,
        byte @Nullable [] value,
        List<Header> headers) {
    private static final String POLL = "TASK_POLL";
    private static final String PRODUCE = "KAFKA_PRODUCE";

    /** Copies the list of headers. */
    public DeadLetter {
        headers = List.copyOf(headers);
    }

    /** Returns the dead letter of a record that a transformation or a converter could not process. Never throws. */
    public static DeadLetter of(String connector, int task, SourceRecord record, RecordException why) {
        Throwable cause = why.getCause();
        return of(
                connector,
                task,
                record,
                why.stage().name(),
                why.executing().getName(),
                ThrowableText.reason(why),
                cause == null ? why : cause);
    }

    /** Returns the dead letter of a record that the publisher refused, or that Kafka did not store. Never throws. */
    public static DeadLetter of(String connector, int task, SourceRecord record, PublishException why) {
        Throwable cause = ThrowableText.cause(why);
        return of(
                connector,
                task,
                record,
                PRODUCE,
                Publisher.class.getName(),
                ThrowableText.reason(why),
                cause == null ? why : cause);
    }

    private static DeadLetter of(
            String connector,
            int task,
            SourceRecord record,
            String stage,
            String executing,
            String reason,
            Throwable error) {
        return new DeadLetter(
                connector,
                task,
                stage,
                executing,
                reason,
                error,
                record.topic(),
                RawBytes.text(record.sourcePartition()),
                RawBytes.text(record.sourceOffset()),
                RawBytes.of(record.keySchema(), record.key()),
                RawBytes.of(record.valueSchema(), record.value()),
                RawBytes.headers(record));
    }

    /**
     * Returns the dead letter of a part of the input that a connector refused.
     *
     * @param source the file or other input
     * @param position where in it
     * @param content the part as it is in the input, or null
     */
    public static DeadLetter refused(
            String connector, int task, String source, String position, String reason, byte @Nullable [] content) {
        return new DeadLetter(
                connector, task, POLL, null, reason, null, null, source, position, null, content, List.of());
    }

    /**
     * Returns this dead letter without anything of the record, and without texts that can quote it: for a topic with a
     * guard that changes records, which may be there to encrypt them.
     */
    DeadLetter withoutContent() {
        return new DeadLetter(
                connector,
                task,
                stage,
                executing,
                (error == null ? "refused" : error.getClass().getName())
                        + "; the record and the text of the reason are left out, since a guard of the topic changes"
                        + " records",
                null,
                topic,
                source,
                position,
                null,
                null,
                List.of());
    }

    /** Shows no content. */
    @Override
    public String toString() {
        return "DeadLetter[" + connector + "-" + task + ", " + stage + ", " + source + ", " + position + "]";
    }
}
