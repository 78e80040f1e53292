// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli.publish;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.kurier.Message;
import io.kurier.Printable;
import io.kurier.Topic;
import io.kurier.cli.records.ByteText;
import io.kurier.cli.records.JsonText;
import io.kurier.cli.records.RecordJson;
import io.kurier.cli.records.UnfitException;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** Makes the message of a line. Immutable. */
public final class LineFormat {
    private final Topic<byte[], Object> topic;
    private final ValueFormat values;
    private final boolean records;
    private final @Nullable String keyField;
    private final List<Header> headers;

    /**
     * Creates it.
     *
     * @param topic the topic to publish to
     * @param values what values are made from
     * @param records whether each line is the object of a record, as {@code kurier read --json} prints it
     * @param keyField the field of a line's object that is the key, or null
     * @param headers the headers that each message gets, after those of its object
     */
    public LineFormat(
            Topic<byte[], Object> topic,
            ValueFormat values,
            boolean records,
            @Nullable String keyField,
            List<Header> headers) {
        this.topic = topic;
        this.values = values;
        this.records = records;
        this.keyField = keyField;
        this.headers = List.copyOf(headers);
    }

    /** Returns whether a blank line is no record. */
    boolean skipsBlankLines() {
        return records || values.lines() == ValueFormat.Lines.JSON || values.lines() == ValueFormat.Lines.WORD;
    }

    /** Returns whether lines are text, which may begin with a byte order mark. */
    boolean isText() {
        return records || values.lines() != ValueFormat.Lines.BYTES;
    }

    /**
     * Returns the message of a line.
     *
     * @throws UnfitException if there is none; the message shows nothing of the line but names of fields
     */
    Message<byte[], Object> of(byte[] line) {
        if (records) {
            return ofRecord(RecordJson.parse(JsonText.ofLine(text(line))));
        }
        if (values.lines() != ValueFormat.Lines.JSON) {
            return new Message<>(topic, null, values.ofLine(line), headers, null, null);
        }
        JsonNode json = JsonText.ofLine(text(line));
        return new Message<>(topic, key(json), values.ofJson(json), headers, null, null);
    }

    static String text(byte[] line) {
        return ByteText.utf8(line).orElseThrow(() -> new UnfitException("the line is not text in UTF-8"));
    }

    private Message<byte[], Object> ofRecord(RecordJson.Input record) {
        List<Header> all = new ArrayList<>(record.headers());
        all.addAll(headers);
        JsonNode value = record.value();
        return new Message<>(
                topic,
                record.key(),
                value == null ? null : values.ofJson(value),
                all,
                record.partition(),
                record.timestamp());
    }

    /** Returns a text as it is, and the JSON of any other value. */
    private byte @Nullable [] key(JsonNode json) {
        if (keyField == null) {
            return null;
        }
        if (!json.hasNonNull(keyField)) {
            throw new UnfitException("it has no field " + Printable.brief(keyField)
                    + ", or null in it, and --key-field takes the key" + " from there");
        }
        JsonNode key = json.get(keyField);
        return key.isTextual()
                ? ByteText.fromJson(key, "the key")
                : key.toString().getBytes(UTF_8);
    }
}
