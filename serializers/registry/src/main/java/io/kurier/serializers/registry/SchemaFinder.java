// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.registry;

import io.kurier.serializers.registry.internal.StoredSchema;
import io.kurier.spi.PayloadSchema;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.errors.SerializationException;

/**
 * Finds the schemas of one kind of formats in a registry. The futures fail with a {@link
 * io.kurier.serializers.registry.internal.RegistryException}, or with a {@link SerializationException} for what is no
 * failure of the registry.
 */
interface SchemaFinder {
    /**
     * Finds a schema under a subject.
     *
     * @param schema has a text
     * @param register whether it is registered if it is not there; else that is a failure
     */
    CompletableFuture<Found> find(String subject, PayloadSchema schema, boolean register);

    /** Checks that records of a schema can be written as a registered one that was chosen otherwise. */
    CompletableFuture<Found> check(PayloadSchema schema, StoredSchema stored);

    /** Returns a registered schema as {@link PayloadSchema#text()}. */
    CompletableFuture<String> text(StoredSchema stored);

    /** Returns the name of a schema, for errors. */
    static String name(PayloadSchema schema) {
        String name = schema.fullName();
        return name == null ? "without a name" : name;
    }

    static NotRegisteredException notRegistered(String subject, PayloadSchema schema, Object registry) {
        return new NotRegisteredException("the schema " + name(schema) + " is not registered under " + subject + " in "
                + registry + ". Register it (auto.register.schemas=true does so when records are written), or correct"
                + " subject.name.strategy if it is registered under another subject");
    }

    /** Returns the text of an answer that has to have one. */
    static String textOf(StoredSchema stored, Object registry) {
        String text = stored.text();
        if (text == null) {
            throw new SerializationException(
                    "the answer of " + registry + " has no text of the schema with the id " + stored.id());
        }
        return text;
    }
}
