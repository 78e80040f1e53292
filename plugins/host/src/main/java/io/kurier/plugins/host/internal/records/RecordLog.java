// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host.internal.records;

import io.kurier.Printable;
import io.kurier.core.internal.errors.ThrowableText;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.kafka.connect.header.Header;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/** The line that a log gets of a rejected record with {@code errors.log.enable=true}. */
public final class RecordLog {
    /** More than {@link Printable#brief} shows of it. */
    private static final int MOST_BYTES = 1_000;

    private RecordLog() {}

    /**
     * Returns the line: where the record failed and which record it is.
     *
     * @param connector the connector's name
     * @param task the number of the task
     * @param stage Connect's name of the stage, as in the header {@code __connect.errors.stage}
     * @param executing the class that failed
     * @param record the record as the task made it
     * @param withMessage whether the line shows the record's content, as {@code errors.log.include.messages} asks for;
     *     a long part is cut
     */
    public static String line(
            String connector, int task, String stage, Class<?> executing, SourceRecord record, boolean withMessage) {
        StringBuilder line = new StringBuilder(200);
        line.append("connector ").append(connector).append(", task ").append(task);
        line.append(": record rejected; stage ")
                .append(stage)
                .append(", class ")
                .append(executing.getName());
        line.append(", topic ").append(text(record.topic()));
        line.append(", source partition ").append(text(record.sourcePartition()));
        line.append(", source offset ").append(text(record.sourceOffset()));
        if (withMessage) {
            line.append(", timestamp ").append(text(record.timestamp()));
            line.append(", key ").append(text(record.key()));
            line.append(", value ").append(text(record.value()));
            line.append(", headers [");
            String separator = "";
            for (Header header : record.headers()) {
                line.append(separator).append(text(header.key())).append('=').append(text(header.value()));
                separator = ", ";
            }
            line.append(']');
        }
        return line.toString();
    }

    private static String text(@Nullable Object shown) {
        try {
            if (shown instanceof byte[] bytes) {
                return text(bytes);
            }
            return shown instanceof ByteBuffer buffer
                    ? text(Buffers.bytes(buffer))
                    : Printable.brief(String.valueOf(shown));
        } catch (Throwable e) { // toString() of a class that is not Kurier's
            return "(" + ThrowableText.of(e) + ")";
        }
    }

    private static String text(byte[] bytes) {
        byte[] shown = bytes.length <= MOST_BYTES ? bytes : Arrays.copyOf(bytes, MOST_BYTES);
        return bytes.length + " bytes \"" + Printable.brief(new String(shown, StandardCharsets.UTF_8)) + '"';
    }
}
