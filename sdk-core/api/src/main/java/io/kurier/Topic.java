// SPDX-License-Identifier: Apache-2.0
package io.kurier;

import java.util.Objects;

/**
 * A typed alias by which code names a topic: the alias, the type of its keys and the type of its values.
 *
 * <p>The alias is the name used in configuration ({@code topics.<alias>.*}). Configuration gives it the physical name,
 * the serializers and the contract, so that code does not change between environments. Make one constant per topic.
 * Immutable.
 *
 * @param alias the name in configuration, not null, not blank, without control and format characters
 * @param keyType the type of keys, not null
 * @param valueType the type of values, not null
 * @param <K> the type of keys
 * @param <V> the type of values
 */
public record Topic<K, V>(String alias, TypeRef<K> keyType, TypeRef<V> valueType) {

    /**
     * Checks the components.
     *
     * @throws NullPointerException if one is null
     * @throws IllegalArgumentException if the alias is blank, or has control or format characters
     */
    public Topic {
        Objects.requireNonNull(alias, "alias");
        Objects.requireNonNull(keyType, "keyType");
        Objects.requireNonNull(valueType, "valueType");
        if (alias.isBlank()) {
            throw new IllegalArgumentException("a topic's alias must not be blank");
        }
        if (!Printable.of(alias).equals(alias)) {
            throw new IllegalArgumentException(
                    "a topic's alias must not hold characters that are not shown, such as line" + " ends: "
                            + Printable.brief(alias));
        }
    }

    /** Returns a topic whose keys and values are plain classes. */
    public static <K, V> Topic<K, V> of(String alias, Class<K> keyType, Class<V> valueType) {
        Objects.requireNonNull(keyType, "keyType");
        Objects.requireNonNull(valueType, "valueType");
        return new Topic<>(alias, TypeRef.of(keyType), TypeRef.of(valueType));
    }

    /** Returns a topic whose keys or values have type arguments. */
    public static <K, V> Topic<K, V> of(String alias, TypeRef<K> keyType, TypeRef<V> valueType) {
        return new Topic<>(alias, keyType, valueType);
    }

    @Override
    public String toString() {
        return alias;
    }
}
