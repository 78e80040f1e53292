// SPDX-License-Identifier: Apache-2.0
package io.kurier.guards.encrypt;

import io.kurier.guards.encrypt.DecryptionException.Part;
import io.kurier.guards.encrypt.internal.fields.FieldChange;
import io.kurier.guards.encrypt.internal.fields.OpenedObjects;
import io.kurier.guards.encrypt.internal.json.JsonFields;
import java.util.Objects;
import java.util.function.Supplier;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Opens the fields of values: in their bytes, or in the objects that were read from them. Safe for use by any number of
 * threads.
 *
 * @param json opens bytes; null if the fields are opened in objects
 * @param objects opens objects; null if the fields are opened in bytes
 */
record OpenedFields(@Nullable JsonFields json, @Nullable OpenedObjects objects) implements AutoCloseable {

    boolean inObjects() {
        return objects != null;
    }

    /**
     * Returns a value with its fields in plain text.
     *
     * @throws DecryptionException if a field cannot be opened, or the value is not in the format
     */
    byte[] ofBytes(String topic, Headers headers, byte[] value, FieldChange change) {
        JsonFields opened = Objects.requireNonNull(json, "opened in objects");
        return orRefused(() -> opened.open(topic, headers, value, change));
    }

    /** Does the same with an object. */
    Object ofObject(Object value, FieldChange change) {
        OpenedObjects opened = Objects.requireNonNull(objects, "opened in bytes");
        return orRefused(() -> opened.open(value, change));
    }

    private static <T> T orRefused(Supplier<T> opening) {
        try {
            return opening.get();
        } catch (DecryptionException e) {
            throw e;
        } catch (SerializationException e) {
            throw new DecryptionException(
                    Part.ENVELOPE, "the fields cannot be decrypted: " + e.getMessage(), false, e.getCause());
        }
    }

    @Override
    public void close() {
        if (json != null) {
            json.close();
        }
    }
}
