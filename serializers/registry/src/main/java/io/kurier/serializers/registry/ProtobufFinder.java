// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.registry;

import io.kurier.serializers.registry.internal.ProtoText;
import io.kurier.serializers.registry.internal.RegistryClient;
import io.kurier.serializers.registry.internal.StoredSchema;
import io.kurier.spi.PayloadSchema;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.errors.SerializationException;

/**
 * Finds Protobuf files. A registry has the text of a .proto file, and a serializer its descriptor, which has neither
 * comments nor white space: so the registered text is compared as a descriptor, first that of the latest version.
 */
final class ProtobufFinder implements SchemaFinder {
    static final String FORMAT = "protobuf";

    private final RegistryClient client;
    private final RegistrySettings settings;

    ProtobufFinder(RegistryClient client, RegistrySettings settings) {
        this.client = client;
        this.settings = settings;
    }

    @Override
    public CompletableFuture<Found> find(String subject, PayloadSchema schema, boolean register) {
        ProtobufSearch search = search(schema);
        byte[] own = descriptor(schema);
        return search.find(subject, own, register).thenCompose(stored -> {
            if (stored.isEmpty()) {
                return CompletableFuture.failedFuture(SchemaFinder.notRegistered(subject, schema, client));
            }
            return CompletableFuture.completedFuture(found(search, stored.get(), own));
        });
    }

    private static Found found(ProtobufSearch search, StoredSchema stored, byte[] own) {
        String text = stored.text();
        String registered = text == null ? search.print(own) : text;
        return new Found(stored, encoded(search.descriptor(registered)), registered);
    }

    @Override
    public CompletableFuture<Found> check(PayloadSchema schema, StoredSchema stored) {
        ProtobufSearch search = search(schema);
        byte[] own = descriptor(schema);
        String message = String.valueOf(schema.fullName());
        return search.covers(own, message, stored).thenApply(covered -> {
            if (!covered) {
                throw new SerializationException("the message " + message + " has fields that it does not have in the"
                        + " file with the id " + stored.id() + " in " + client + ", under which records would be"
                        + " written. Write with the registered file, or register this one");
            }
            return found(search, stored, own);
        });
    }

    @Override
    public CompletableFuture<String> text(StoredSchema stored) {
        try {
            return CompletableFuture.completedFuture(
                    encoded(ProtoText.descriptor(SchemaFinder.textOf(stored, client), Map.of())));
        } catch (IllegalArgumentException e) {
            return CompletableFuture.failedFuture(new SerializationException(
                    "the schema with the id " + stored.id() + " in " + client + " cannot be read: " + e.getMessage(),
                    e));
        }
    }

    private ProtobufSearch search(PayloadSchema schema) {
        return new ProtobufSearch(client, settings, schema.imports());
    }

    private static byte[] descriptor(PayloadSchema schema) {
        return Base64.getDecoder().decode(String.valueOf(schema.text()));
    }

    private static String encoded(byte[] descriptor) {
        return Base64.getEncoder().encodeToString(descriptor);
    }
}
