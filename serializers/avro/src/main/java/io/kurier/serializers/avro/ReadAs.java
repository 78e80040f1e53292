// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.avro;

import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What values are read as, which determines how much memory they take.
 *
 * @param schema the schema of the class, null for generic values
 * @param primitiveFields whether the fields of numbers are Java's primitive types, as in generated classes
 * @param sets whether a collection may be a set, which takes more than a list
 */
record ReadAs(@Nullable Schema schema, boolean primitiveFields, boolean sets) {
    static final ReadAs GENERIC = new ReadAs(null, false, false);

    /** Returns what values of a declared type are. */
    static ReadAs of(DeclaredType type) {
        return new ReadAs(
                type.schema(),
                type.kind() == DeclaredType.Kind.GENERATED,
                type.model() != null && type.model().hasSets());
    }
}
