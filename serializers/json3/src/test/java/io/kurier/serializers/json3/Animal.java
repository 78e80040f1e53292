// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.json3;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** A type whose JSON tells the subtype. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Animal.Cat.class, name = "cat"),
    @JsonSubTypes.Type(value = Animal.Dog.class, name = "dog")
})
sealed interface Animal {
    record Cat(int lives) implements Animal {}

    record Dog(String name) implements Animal {}
}
