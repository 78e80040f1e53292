// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.internal;

import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.SerializationException;

/**
 * Why a field cannot be read from values of one schema. Immutable.
 *
 * @param path the path of the field
 * @param isMissing whether the values have no such field, so that it is missing from each of them
 * @param reason the end of a sentence, without a value
 */
public record FieldProblem(FieldPath path, boolean isMissing, String reason) {

    /** Returns the error of a topic whose values all have the schema. */
    public ConfigException atStart() {
        return new ConfigException("the field " + path + " cannot be read: " + reason);
    }

    /** Returns the error of one record. */
    public SerializationException ofRecord() {
        return path.unreadable(reason, null);
    }
}
