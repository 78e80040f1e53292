// SPDX-License-Identifier: Apache-2.0
package io.kurier;

import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.Objects;

/**
 * A Java type with its type arguments, which a {@code Class} cannot carry.
 *
 * <p>For a plain class use {@link #of(Class)}; for a generic one make an anonymous subclass:
 * {@code new TypeRef<Map<String, List<Order>>>() {}}. Two references to the same type are equal. Immutable.
 *
 * @param <T> the type referred to
 */
public abstract class TypeRef<T> {
    private final Type type;

    /** Captures the type argument of the anonymous subclass. */
    protected TypeRef() {
        if (!(getClass().getGenericSuperclass() instanceof ParameterizedType captured)) {
            throw new IllegalStateException("a TypeRef needs a type argument: new TypeRef<List<String>>() {}");
        }
        type = captured.getActualTypeArguments()[0];
        if (type instanceof TypeVariable<?>) {
            throw new IllegalStateException("the type argument of a TypeRef must be a concrete type, not " + type);
        }
    }

    private TypeRef(Class<T> type) {
        this.type = Objects.requireNonNull(type, "type");
    }

    /** Returns the reference to a class that has no type arguments. */
    public static <T> TypeRef<T> of(Class<T> type) {
        return new OfClass<>(type);
    }

    /** The type itself, as reflection describes it. */
    public final Type type() {
        return type;
    }

    /** The class of the type without its arguments: {@code Map} for {@code Map<String, Order>}. */
    public final Class<?> rawType() {
        return rawType(type);
    }

    private static Class<?> rawType(Type type) {
        if (type instanceof Class<?> plain) {
            return plain;
        }
        if (type instanceof ParameterizedType parameterized) {
            return rawType(parameterized.getRawType());
        }
        if (type instanceof GenericArrayType array) {
            return rawType(array.getGenericComponentType()).arrayType();
        }
        if (type instanceof WildcardType wildcard) {
            return rawType(wildcard.getUpperBounds()[0]);
        }
        return Object.class;
    }

    @Override
    public final boolean equals(Object other) {
        return other instanceof TypeRef<?> that && type.equals(that.type);
    }

    @Override
    public final int hashCode() {
        return type.hashCode();
    }

    @Override
    public final String toString() {
        return type.getTypeName();
    }

    private static final class OfClass<T> extends TypeRef<T> {
        OfClass(Class<T> type) {
            super(type);
        }
    }
}
