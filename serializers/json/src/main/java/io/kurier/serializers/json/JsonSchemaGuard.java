// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import io.kurier.serializers.internal.GuardedValues;
import io.kurier.serializers.internal.LimitExceededException;
import io.kurier.serializers.internal.ReadLimits;
import io.kurier.serializers.internal.Utf8;
import io.kurier.serializers.internal.WithheldException;
import io.kurier.spi.EncodedRecord;
import io.kurier.spi.FrameReader;
import io.kurier.spi.Guard;
import io.kurier.spi.PayloadSchema;
import java.io.IOException;
import java.util.List;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;

/**
 * Refuses records whose value is no JSON text, or one that a JSON Schema does not allow. It checks the bytes that are
 * sent, so it is stricter than a mapper: readers in other languages accept less than Jackson. A tombstone passes. Safe
 * for use by any number of threads.
 */
final class JsonSchemaGuard implements Guard {
    private final GuardedValues values;
    private final ReadLimits limits;
    private final JsonValidator validator;
    private final JsonFactory factory;
    private final FrameReader frames;

    JsonSchemaGuard(GuardedValues values, ReadLimits limits, JsonValidator validator) {
        this.values = values;
        this.limits = limits;
        this.validator = validator;
        this.factory = Depth.limit(new JsonFactory(), limits.maxDepth());
        this.frames = values.frames(List.of(PayloadSchema.of(JsonFormat.NAME, validator.title(), validator.text())));
    }

    /**
     * Returns the record itself.
     *
     * @throws SerializationException if the value exceeds a limit, is not one JSON text in UTF-8, or violates the
     *     schema; it names path and rule and shows no value
     */
    @Override
    public EncodedRecord guard(EncodedRecord record) {
        byte[] value = record.value();
        if (value == null) {
            return record;
        }
        try {
            limits.checkSize(value.length);
        } catch (LimitExceededException e) {
            throw refused(String.valueOf(e.getMessage()), null);
        }
        int frame = frames.read(record.topic(), record.headers(), value, 0, value.length)
                .length();
        int before = Math.min(frame, value.length);
        check(value, before, value.length - before);
        return record;
    }

    private void check(byte[] bytes, int offset, int length) {
        int malformed = Utf8.malformed(bytes, offset, length);
        if (malformed >= 0) {
            throw refused(
                    "it is not well-formed JSON in UTF-8: no character of it has the byte at index " + malformed
                            + " (of " + length + ", counted from 0)",
                    null);
        }
        if (Utf8.beginsWithMark(bytes, offset, length)) {
            throw refused(
                    "it begins with a byte order mark (EF BB BF), which JSON must not have (RFC 8259, section 8.1) and"
                            + " many readers refuse. Write it without",
                    null);
        }
        String violations;
        try {
            if (JsonScan.isNeeded(length, limits)) {
                JsonScan.check(factory, bytes, offset, length, limits);
            }
            violations = violations(bytes, offset, length);
        } catch (LimitExceededException e) {
            throw refused(String.valueOf(e.getMessage()), null);
        } catch (IOException | RuntimeException | StackOverflowError e) {
            throw refused("it " + JsonFailure.unreadable(e), e);
        }
        if (violations != null) {
            throw refused(violations, null);
        }
    }

    private @Nullable String violations(byte[] bytes, int offset, int length) throws IOException {
        try (JsonParser parser = factory.createParser(bytes, offset, length)) {
            JsonNode tree = JsonValidator.tree(parser);
            if (tree == null) {
                return "there is no JSON: the bytes are empty or blank. A tombstone is null";
            }
            if (parser.nextToken() != null) {
                return "a second JSON text begins at " + JsonFailure.describe(parser.currentTokenLocation())
                        + ". A record holds one: write the others into records of their own, or into an array";
            }
            return validator.violations(tree, length);
        }
    }

    private static SerializationException refused(String reason, @Nullable Throwable cause) {
        return new SerializationException(reason, cause == null ? null : new WithheldException(cause));
    }

    @Override
    public void close() {
        values.close();
    }
}
