// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.avro;

import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.avro.Conversions;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificFixed;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * The classes to make for one generated class: it and those that its own schema names, and no others.
 *
 * <p>Since 1.12.2 Avro refuses every class that is not named in {@code org.apache.avro.SERIALIZABLE_PACKAGES} or
 * {@code SERIALIZABLE_CLASSES}, because a schema that comes with the data could name any. Here the schema that names
 * classes is the one of a class that the application has named itself.
 */
final class DeclaredClasses extends SpecificData {
    private final Map<String, @Nullable Class<?>> byName = new HashMap<>();

    DeclaredClasses(Class<?> type, Schema schema) {
        super(type.getClassLoader());
        byName.put(schema.getFullName(), type);
        schema.getFields().forEach(field -> collect(field.schema()));
        boolean decimals = takesDecimals();
        SpecificData.getForClass(type).getConversions().stream()
                .filter(conversion -> decimals || !(conversion instanceof Conversions.DecimalConversion))
                .forEach(this::addLogicalTypeConversion);
    }

    /**
     * Whether decimals are {@code BigDecimal}. By default Avro generates classes with their bytes, and the conversion to
     * {@code BigDecimal} nevertheless, which would give them what they cannot take.
     */
    private boolean takesDecimals() {
        return byName.values().stream()
                .filter(Objects::nonNull)
                .flatMap(type -> Arrays.stream(type.getDeclaredFields()))
                .filter(field -> !Modifier.isStatic(field.getModifiers()))
                .map(field -> field.getGenericType().getTypeName())
                .anyMatch(type -> type.contains("java.math.BigDecimal") || type.contains("java.lang.Object"));
    }

    @Override
    public @Nullable Class<?> getClass(Schema schema) {
        return switch (schema.getType()) {
            case RECORD, ENUM, FIXED -> byName.get(schema.getFullName());
            default -> super.getClass(schema);
        };
    }

    private void collect(Schema schema) {
        switch (schema.getType()) {
            case ARRAY -> collect(schema.getElementType());
            case MAP -> collect(schema.getValueType());
            case UNION -> schema.getTypes().forEach(this::collect);
            case RECORD -> {
                if (add(schema)) {
                    schema.getFields().forEach(field -> collect(field.schema()));
                }
            }
            case ENUM, FIXED -> add(schema);
            default -> {}
        }
    }

    /** Whether the type is a new one. One without a generated class is read as a generic one, as Avro does. */
    private boolean add(Schema schema) {
        if (byName.containsKey(schema.getFullName())) {
            return false;
        }
        try {
            Class<?> type = Class.forName(getClassName(schema), false, getClassLoader());
            boolean generated = SpecificRecord.class.isAssignableFrom(type)
                    || SpecificFixed.class.isAssignableFrom(type)
                    || type.isEnum();
            byName.put(schema.getFullName(), generated ? type : null);
        } catch (ClassNotFoundException e) {
            byName.put(schema.getFullName(), null);
        }
        return true;
    }
}
