// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.registry;

import io.kurier.serializers.registry.internal.RegistryClient;
import io.kurier.serializers.registry.internal.SchemaReference;
import io.kurier.serializers.registry.internal.StoredSchema;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.errors.SerializationException;

/** Requests the schemas that a registered schema refers to, directly and indirectly. */
final class ReferenceTexts {
    /** More is a mistake in the registry: each is a request. */
    private static final int MOST = 200;

    private final RegistryClient client;

    ReferenceTexts(RegistryClient client) {
        this.client = client;
    }

    /** Returns the texts by the names by which they are referred to. */
    CompletableFuture<Map<String, String>> of(StoredSchema stored) {
        return next(new ArrayDeque<>(stored.references()), new LinkedHashMap<>());
    }

    private CompletableFuture<Map<String, String>> next(Deque<SchemaReference> left, Map<String, String> texts) {
        SchemaReference reference = left.poll();
        if (reference == null) {
            return CompletableFuture.completedFuture(texts);
        }
        if (texts.containsKey(reference.name())) {
            return next(left, texts);
        }
        if (texts.size() == MOST) {
            return CompletableFuture.failedFuture(
                    new SerializationException("a schema of " + client + " has more than " + MOST + " references"));
        }
        return client.version(reference.subject(), reference.version()).thenCompose(answer -> {
            texts.put(reference.name(), SchemaFinder.textOf(answer, client));
            List<SchemaReference> further = answer.references();
            left.addAll(further);
            return next(left, texts);
        });
    }
}
