// SPDX-License-Identifier: Apache-2.0
package io.kurier.guards.encrypt.internal.avro;

import io.kurier.guards.encrypt.internal.fields.FieldChange;
import io.kurier.guards.encrypt.internal.fields.FieldTree;
import io.kurier.guards.encrypt.internal.fields.Place;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.ListIterator;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.util.Utf8;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;

/** Changes the fields of records as Avro makes them, in place. A null stays null. Used by one thread. */
final class AvroRecords {
    private final FieldChange change;

    AvroRecords(FieldChange change) {
        this.change = change;
    }

    /** Changes the fields within a value, which is a record, or a list or map of such values. */
    void within(@Nullable Object value, FieldTree node, Place place) {
        if (value == null) {
            return;
        }
        if (value instanceof IndexedRecord record) {
            node.children().forEach((name, child) -> field(record, name, child, place.field(name)));
        } else if (value instanceof List<?> list) {
            int index = 0;
            for (Object element : list) {
                within(element, node, place.index(index++));
            }
        } else if (value instanceof Map<?, ?> map) {
            map.forEach((key, element) -> within(element, node, place.key(String.valueOf(key))));
        } else {
            throw new SerializationException(
                    node.noFields(place, "of the class " + value.getClass().getName()));
        }
    }

    /** A record of another branch of a union does not have the field, nor one that is read with another schema. */
    private void field(IndexedRecord record, String name, FieldTree node, Place place) {
        Schema.Field field = record.getSchema().getField(name);
        if (field == null) {
            return;
        }
        Object value = record.get(field.pos());
        if (!node.isLast()) {
            within(value, node, place);
        } else if (value != null) {
            record.put(field.pos(), changed(value, place));
        }
    }

    @SuppressWarnings("unchecked") // an element becomes one of the same class
    private Object changed(Object value, Place place) {
        if (value instanceof CharSequence text) {
            String changed = change.ofText(place, text.toString());
            return value instanceof Utf8 ? new Utf8(changed) : changed;
        }
        if (value instanceof ByteBuffer buffer) {
            byte[] bytes = new byte[buffer.remaining()];
            buffer.duplicate().get(bytes);
            return ByteBuffer.wrap(change.ofBytes(place, bytes));
        }
        if (value instanceof List<?> list) {
            ListIterator<Object> elements = ((List<Object>) list).listIterator();
            for (int index = 0; elements.hasNext(); index++) {
                Object element = elements.next();
                if (element != null) {
                    elements.set(changed(element, place.index(index)));
                }
            }
            return list;
        }
        if (value instanceof Map<?, ?> map) {
            ((Map<Object, Object>) map)
                    .replaceAll((key, element) ->
                            element == null ? element : changed(element, place.key(String.valueOf(key))));
            return map;
        }
        throw new SerializationException("the field " + place + " is of the class "
                + value.getClass().getName() + ", which is neither text nor bytes");
    }
}
