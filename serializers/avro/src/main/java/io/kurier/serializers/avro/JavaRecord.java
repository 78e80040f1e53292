// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.avro;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Optional;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.reflect.AvroName;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/**
 * Creates values of a Java record by its canonical constructor. Avro 1.12 writes Java records, and cannot read them
 * because it sets fields, which are final there. Immutable.
 */
final class JavaRecord {
    private final Constructor<?> constructor;
    private final RecordComponent[] components;
    private final String[] names;

    JavaRecord(Class<?> type) {
        this.components = type.getRecordComponents();
        this.names = new String[components.length];
        try {
            for (int i = 0; i < components.length; i++) {
                AvroName renamed =
                        type.getDeclaredField(components[i].getName()).getAnnotation(AvroName.class);
                names[i] = renamed == null ? components[i].getName() : renamed.value();
            }
            this.constructor = type.getDeclaredConstructor(
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
        } catch (ReflectiveOperationException e) {
            throw new ConfigException(type.getTypeName() + " has no canonical constructor: " + e);
        }
        if (!constructor.trySetAccessible()) {
            throw new ConfigException(type.getTypeName() + " has a constructor that is not accessible. Open its package"
                    + " to io.kurier.serializers.avro (module-info.java, or --add-opens)");
        }
    }

    /** Returns the value with the fields that were read; a component that Avro ignores has Java's default. */
    Object create(GenericData.Record parts) {
        Object[] arguments = new Object[components.length];
        for (int i = 0; i < arguments.length; i++) {
            Schema.Field field = parts.getSchema().getField(names[i]);
            arguments[i] = argument(components[i].getType(), field == null ? null : parts.get(field.pos()));
        }
        try {
            return constructor.newInstance(arguments);
        } catch (InvocationTargetException e) {
            throw new AvroRuntimeException("the constructor refused the values", e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new AvroRuntimeException("the record could not be created", e);
        }
    }

    private static @Nullable Object argument(Class<?> type, @Nullable Object read) {
        if (type == Optional.class) {
            return Optional.ofNullable(read);
        }
        // the element of a new array is Java's default
        return read == null && type.isPrimitive()
                ? java.lang.reflect.Array.get(java.lang.reflect.Array.newInstance(type, 1), 0)
                : read;
    }
}
