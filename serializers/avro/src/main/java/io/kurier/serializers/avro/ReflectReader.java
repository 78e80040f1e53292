// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.avro;

import java.io.IOException;
import java.lang.reflect.Array;
import java.nio.ByteBuffer;
import java.util.Collection;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.io.Decoder;
import org.apache.avro.io.ResolvingDecoder;
import org.apache.avro.reflect.ReflectDatumReader;
import org.apache.avro.specific.SpecificData;
import org.jspecify.annotations.Nullable;

/**
 * Reads plain classes by Avro's reflect model, and Java records by their constructors. Safe for use by any number of
 * threads.
 */
final class ReflectReader<T> extends ReflectDatumReader<T> {
    private final ReflectModel model;

    ReflectReader(Schema writer, ReflectModel model) {
        super(writer, model.schema(), model);
        this.model = model;
    }

    @Override
    protected @Nullable Object readRecord(@Nullable Object old, Schema expected, ResolvingDecoder in)
            throws IOException {
        return model.created(super.readRecord(null, expected, in));
    }

    /** Collections and Java arrays of any number of blocks; nothing is allocated for items that are only claimed. */
    @Override
    protected Object readArray(@Nullable Object old, Schema expected, ResolvingDecoder in) throws IOException {
        Class<?> declared = model.classNamed(expected.getProp(SpecificData.CLASS_PROP));
        Schema item = expected.getElementType();
        long count = in.readArrayStart();
        Collection<Object> items =
                model.newCollection(declared, GenericDatumReader.initialCollectionCapacity(Math.max(count, 0)));
        while (count > 0) {
            ensureAvailableCollectionBytes(in, count, item);
            for (long i = 0; i < count; i++) {
                items.add(read(null, item, in));
            }
            count = in.arrayNext();
        }
        return declared != null && declared.isArray() ? toArray(items, declared.getComponentType()) : items;
    }

    private static Object toArray(Collection<Object> items, Class<?> component) {
        Object array = Array.newInstance(component, items.size());
        int index = 0;
        for (Object item : items) {
            Array.set(array, index++, item);
        }
        return array;
    }

    @Override
    protected Object readBytes(@Nullable Object old, Schema expected, Decoder in) throws IOException {
        ByteBuffer bytes = in.readBytes(null);
        if (!byte[].class.getName().equals(expected.getProp(SpecificData.CLASS_PROP))) {
            return bytes;
        }
        byte[] array = new byte[bytes.remaining()];
        bytes.get(array);
        return array;
    }

    @Override
    protected Class<?> findStringClass(Schema expected) {
        Class<?> declared = model.classNamed(expected.getProp(
                expected.getType() == Schema.Type.MAP ? SpecificData.KEY_CLASS_PROP : SpecificData.CLASS_PROP));
        return declared == null ? String.class : declared;
    }
}
