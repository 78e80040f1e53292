// SPDX-License-Identifier: Apache-2.0
package io.kurier.guards.encrypt.internal.fields;

/** Opens the named fields of objects that a deserializer has made. Safe for use by any number of threads. */
@FunctionalInterface
public interface OpenedObjects {

    /**
     * Returns an object with the fields in plain text: the given one, which may be changed, or another one.
     *
     * @throws org.apache.kafka.common.errors.SerializationException if the object is of another kind, or has another
     *     kind of value in place of a field; the message is the end of a sentence and shows nothing of the object
     */
    Object open(Object value, FieldChange change);
}
