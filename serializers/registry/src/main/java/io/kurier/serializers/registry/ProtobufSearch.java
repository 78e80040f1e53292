// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.registry;

import io.kurier.serializers.registry.internal.NewSchema;
import io.kurier.serializers.registry.internal.ProtoText;
import io.kurier.serializers.registry.internal.RegistryClient;
import io.kurier.serializers.registry.internal.SchemaReference;
import io.kurier.serializers.registry.internal.StoredSchema;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.apache.kafka.common.errors.SerializationException;

/** Finds one Protobuf file and its imports. Used by one request after the other. */
final class ProtobufSearch {
    /** How many versions before the latest are compared: each is a request. */
    private static final int MOST_OLDER = 20;

    private final RegistryClient client;
    private final RegistrySettings settings;

    /** The descriptors of the imports, and their texts, by their paths. */
    private final Map<String, byte[]> imports = new HashMap<>();

    private final Map<String, String> texts = new HashMap<>();

    /**
     * Creates a search.
     *
     * @param imports see {@link io.kurier.spi.PayloadSchema#imports()}
     * @throws SerializationException if an import cannot be written as text
     */
    ProtobufSearch(RegistryClient client, RegistrySettings settings, Map<String, String> imports) {
        this.client = client;
        this.settings = settings;
        imports.forEach((path, encoded) -> {
            if (!ProtoImports.isKnown(path)) {
                byte[] file = Base64.getDecoder().decode(encoded);
                this.imports.put(path, file);
                texts.put(path, print(file));
            }
        });
    }

    /**
     * Finds a file under a subject: the latest version first, then by its text, then the versions before.
     *
     * @param register whether it is registered if it is not there, and so are its imports
     * @return empty if it is not there
     */
    CompletableFuture<Optional<StoredSchema>> find(String subject, byte[] file, boolean register) {
        CompletableFuture<Optional<StoredSchema>> registered = Failures.ifUnknown(
                client.latest(subject)
                        .thenCompose(latest -> matches(file, latest)
                                .thenCompose(same -> same
                                        ? CompletableFuture.completedFuture(Optional.of(latest))
                                        : orOlder(subject, file, latest))),
                () -> CompletableFuture.completedFuture(Optional.empty()));
        return registered.thenCompose(found ->
                found.isPresent() || !register ? CompletableFuture.completedFuture(found) : register(subject, file));
    }

    private CompletableFuture<Optional<StoredSchema>> orOlder(String subject, byte[] file, StoredSchema latest) {
        return lookUp(subject, file).thenCompose(found -> {
            if (found.isPresent()) {
                return CompletableFuture.completedFuture(found);
            }
            return client.versions(subject)
                    .thenCompose(versions -> firstOf(
                            subject,
                            file,
                            versions.stream()
                                    .filter(version -> version != latest.version())
                                    .sorted(Comparator.reverseOrder())
                                    .limit(MOST_OLDER)
                                    .iterator()));
        });
    }

    private CompletableFuture<Optional<StoredSchema>> lookUp(String subject, byte[] file) {
        return references(file, false).thenCompose(references -> {
            if (references.isEmpty()) {
                return CompletableFuture.completedFuture(Optional.empty());
            }
            NewSchema asked = new NewSchema(ProtobufFinder.FORMAT, print(file), references.get());
            return Failures.ifUnknown(
                    client.lookup(subject, asked, settings.normalize()).thenApply(Optional::of),
                    () -> CompletableFuture.completedFuture(Optional.empty()));
        });
    }

    private CompletableFuture<Optional<StoredSchema>> firstOf(String subject, byte[] file, Iterator<Integer> versions) {
        if (!versions.hasNext()) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        return client.version(subject, versions.next())
                .thenCompose(stored -> matches(file, stored)
                        .thenCompose(same -> same
                                ? CompletableFuture.completedFuture(Optional.of(stored))
                                : firstOf(subject, file, versions)));
    }

    private CompletableFuture<Optional<StoredSchema>> register(String subject, byte[] file) {
        return references(file, true).thenCompose(references -> {
            NewSchema added = new NewSchema(ProtobufFinder.FORMAT, print(file), references.orElse(List.of()));
            return client.register(subject, added, settings.normalize()).thenCompose(stored -> {
                // an answer that has only the id shows neither the version nor the rules of the version before it
                CompletableFuture<StoredSchema> whole = stored.text() == null || stored.version() == 0
                        ? client.lookup(subject, added, settings.normalize())
                        : CompletableFuture.completedFuture(stored);
                return whole.thenApply(Optional::of);
            });
        });
    }

    /**
     * Returns the references of a file, which are its own imports under their paths as subjects.
     *
     * @return empty if one of them is not registered
     */
    private CompletableFuture<Optional<List<SchemaReference>>> references(byte[] file, boolean register) {
        return references(ProtoImports.of(file).iterator(), new ArrayList<>(), register);
    }

    private CompletableFuture<Optional<List<SchemaReference>>> references(
            Iterator<String> paths, List<SchemaReference> found, boolean register) {
        if (!paths.hasNext()) {
            return CompletableFuture.completedFuture(Optional.of(found));
        }
        String path = paths.next();
        byte[] file = imports.get(path);
        if (file == null) {
            return CompletableFuture.failedFuture(new SerializationException("a Protobuf file imports " + path
                    + ", which the serializer does not have, so that it cannot be sent to " + client));
        }
        String subject = settings.inContext(path);
        return find(subject, file, register).thenCompose(stored -> {
            if (stored.isEmpty()) {
                return CompletableFuture.completedFuture(Optional.empty());
            }
            found.add(new SchemaReference(path, subject, stored.get().version()));
            return references(paths, found, register);
        });
    }

    /** Returns whether a registered file and those that it refers to are the serializer's. */
    CompletableFuture<Boolean> matches(byte[] file, StoredSchema stored) {
        return matches(stored, registered -> ProtoText.isSame(file, registered));
    }

    /**
     * Returns whether a registered file has a message with all its fields, and those that it refers to are the
     * serializer's.
     */
    CompletableFuture<Boolean> covers(byte[] file, String message, StoredSchema stored) {
        return matches(stored, registered -> ProtoText.hasFieldsOf(file, message, registered));
    }

    private CompletableFuture<Boolean> matches(StoredSchema stored, Predicate<byte[]> isSame) {
        return isSame(stored, isSame)
                ? matches(stored.references().iterator())
                : CompletableFuture.completedFuture(false);
    }

    private CompletableFuture<Boolean> matches(Iterator<SchemaReference> references) {
        while (references.hasNext()) {
            SchemaReference reference = references.next();
            byte[] file = imports.get(reference.name());
            if (file != null) { // else neither file uses it
                return client.version(reference.subject(), reference.version())
                        .thenCompose(stored -> matches(file, stored))
                        .thenCompose(same -> same ? matches(references) : CompletableFuture.completedFuture(false));
            }
        }
        return CompletableFuture.completedFuture(true);
    }

    private boolean isSame(StoredSchema stored, Predicate<byte[]> isSame) {
        String text = stored.text();
        if (text == null || !stored.format().equals(ProtobufFinder.FORMAT)) {
            return false;
        }
        try {
            return isSame.test(ProtoText.descriptor(text, texts));
        } catch (IllegalArgumentException e) {
            return false; // a text that cannot be read is not the one that was written with
        }
    }

    /** Returns the descriptor of a registered text. */
    byte[] descriptor(String text) {
        try {
            return ProtoText.descriptor(text, texts);
        } catch (IllegalArgumentException e) {
            throw new SerializationException("a schema of " + client + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** Returns a file as text. */
    String print(byte[] file) {
        try {
            return ProtoText.of(file);
        } catch (IllegalArgumentException e) {
            throw new SerializationException("a Protobuf file cannot be written as text: " + e.getMessage(), e);
        }
    }
}
