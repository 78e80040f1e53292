// SPDX-License-Identifier: Apache-2.0
package com.example.framing;

import io.kurier.spi.PayloadSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A schema registry in memory, which responds as a server does: not at once. It keeps all futures, so that each question is
 * asked once. Safe for use by any number of threads.
 */
public final class Registry {
    private static final Map<String, Registry> ALL = new ConcurrentHashMap<>();

    private final String name;
    private final List<String> texts = new ArrayList<>();
    private final Map<Path, PayloadSchema> schemas = new ConcurrentHashMap<>();
    private final Map<Registered, CompletableFuture<Integer>> ids = new ConcurrentHashMap<>();
    private final CompletableFuture<Void> reachable = new CompletableFuture<>();

    private record Registered(String subject, String format, String text, List<Integer> messageIndexes) {}

    private record Path(int id, List<Integer> messageIndexes) {}

    private Registry(String name) {
        this.name = name;
    }

    /** The registry of a name; one for the whole JVM. */
    public static Registry named(String name) {
        return ALL.computeIfAbsent(name, Registry::new);
    }

    /** Until this is called no answer comes. */
    public void answer() {
        reachable.completeAsync(() -> null);
    }

    /** The id of a schema, which is registered if it is not known. */
    CompletableFuture<Integer> idOf(String subject, PayloadSchema schema) {
        String text = Objects.requireNonNull(schema.text(), () -> schema.format() + " has no schema to register");
        return ids.computeIfAbsent(
                new Registered(subject, schema.format(), text, schema.messageIndexes()),
                asked -> reachable.thenApply(none -> register(schema, text)));
    }

    private synchronized int register(PayloadSchema schema, String text) {
        if (!texts.contains(text)) {
            texts.add(text);
        }
        int id = texts.indexOf(text) + 1;
        schemas.put(new Path(id, schema.messageIndexes()), PayloadSchema.of(schema.format(), schema.fullName(), text));
        return id;
    }

    /** A schema, of a Protobuf file that of one message. */
    CompletableFuture<PayloadSchema> schemaOf(int id, List<Integer> messageIndexes) {
        return reachable.thenApply(none -> {
            PayloadSchema schema = schemas.get(new Path(id, messageIndexes));
            if (schema == null) {
                throw new IllegalStateException("the registry " + name + " has no schema " + id);
            }
            return schema;
        });
    }

    @Override
    public String toString() {
        return "the registry " + name;
    }
}
