// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli.schema;

import io.kurier.serializers.internal.Json;
import io.kurier.serializers.registry.internal.Compatibility;
import io.kurier.serializers.registry.internal.NewSchema;
import io.kurier.serializers.registry.internal.RegistryClient;
import io.kurier.serializers.registry.internal.RegistryException;
import io.kurier.serializers.registry.internal.SchemaReference;
import io.kurier.serializers.registry.internal.StoredSchema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** The schemas of a registry. */
public final class RegistrySchemas implements SchemaStore {
    /** How many requests are under way at once. */
    private static final int AT_ONCE = 16;

    private static final int MOST_REFERENCES = 200;

    private static final int NOT_FOUND = 404;
    private static final int SERVER_ERROR = 500;

    /** The answers that refuse a schema: incompatible, invalid. */
    private static final Set<Integer> REFUSALS = Set.of(409, 422);

    /** The answers of registries, and of their access rules, that do not tell a level. */
    private static final Set<Integer> NO_LEVEL = Set.of(403, NOT_FOUND, 405, 501);

    private final RegistryClient client;

    /** Creates it with a client that it closes. */
    public RegistrySchemas(RegistryClient client) {
        this.client = client;
    }

    /**
     * What a registry says about a schema.
     *
     * @param compatibility whether it would take it as the next version; null if it cannot tell
     * @param failure why it cannot tell; null if it can
     * @param level the compatibility level of the subject; null if the registry does not tell it
     * @param latest the version before it; null if there is none
     */
    public record Verdict(
            @Nullable Compatibility compatibility,
            @Nullable String failure,
            @Nullable String level,
            @Nullable KnownSchema latest) {}

    @Override
    public List<KnownSchema> list() {
        List<String> subjects = await(client.subjects()).stream().sorted().toList();
        List<KnownSchema> all = new ArrayList<>();
        for (int from = 0; from < subjects.size(); from += AT_ONCE) {
            List<CompletableFuture<StoredSchema>> batch =
                    subjects.subList(from, Math.min(subjects.size(), from + AT_ONCE)).stream()
                            .map(client::latest)
                            .toList();
            for (int i = 0; i < batch.size(); i++) {
                String subject = subjects.get(from + i);
                StoredSchema stored = orNull(batch.get(i), NOT_FOUND);
                if (stored != null) { // all its versions were deleted meanwhile
                    all.add(known(stored, subject, Map.of()));
                }
            }
        }
        return all;
    }

    @Override
    public KnownSchema named(String name, int version) {
        return complete(await(version == 0 ? client.latest(name) : client.version(name, version)), name);
    }

    @Override
    public KnownSchema byId(long id) {
        return complete(await(client.byId(id, "")), null);
    }

    @Override
    public KnownSchema byGuid(UUID guid) {
        return complete(await(client.byGuid(guid)), null);
    }

    /** Returns the texts of references, and of theirs, those without further references first. */
    public Map<String, String> texts(List<SchemaReference> references) {
        Map<String, String> texts = new LinkedHashMap<>();
        addTexts(references, texts, 0);
        return texts;
    }

    private void addTexts(List<SchemaReference> references, Map<String, String> texts, int depth) {
        for (SchemaReference reference : references) {
            if (texts.containsKey(reference.name())) {
                continue;
            }
            if (texts.size() + depth > MOST_REFERENCES) {
                throw SchemaException.wrong(
                        client + ": a schema has more than " + MOST_REFERENCES + " references", null);
            }
            StoredSchema stored = await(client.version(reference.subject(), reference.version()));
            addTexts(stored.references(), texts, depth + 1);
            texts.put(reference.name(), text(stored));
        }
    }

    /**
     * Registers a schema.
     *
     * @throws SchemaException if the registry refuses it, or does not answer
     */
    public StoredSchema register(
            String subject, SchemaDocument document, List<SchemaReference> references, boolean normalize) {
        return await(client.register(subject, sent(document, references), normalize));
    }

    /** Asks whether a schema could be the next version of a subject. */
    public Verdict check(String subject, SchemaDocument document, List<SchemaReference> references) {
        CompletableFuture<Compatibility> compatibility = client.compatibility(subject, sent(document, references));
        CompletableFuture<String> level = client.compatibilityLevel(subject);
        StoredSchema latest = orNull(client.latest(subject), NOT_FOUND);
        Compatibility ofRegistry = null;
        String failure = null;
        try {
            ofRegistry = await(compatibility);
        } catch (SchemaException e) {
            if (!(e.getCause() instanceof RegistryException answer) || answer.status() < SERVER_ERROR) {
                throw e;
            }
            failure = String.valueOf(e.getMessage()); // such as a version of JSON Schema that it cannot compare
        }
        return new Verdict(
                ofRegistry,
                failure,
                orNull(level, NO_LEVEL.toArray(Integer[]::new)),
                latest == null ? null : complete(latest, subject));
    }

    /** The forms on which serializers and registries compute GUIDs. */
    private static NewSchema sent(SchemaDocument document, List<SchemaReference> references) {
        String text = switch (document.format()) {
            case SchemaDocument.AVRO ->
                references.isEmpty() ? document.avro().toString() : Json.compact(Json.parse(document.text()));
            case SchemaDocument.JSON -> Json.compact(Json.parse(document.text()));
            default -> document.text();
        };
        return new NewSchema(document.format(), text, references);
    }

    private KnownSchema complete(StoredSchema stored, @Nullable String subject) {
        return known(stored, subject, texts(stored.references()));
    }

    private KnownSchema known(StoredSchema stored, @Nullable String subject, Map<String, String> texts) {
        String name = subject == null ? stored.subject() : subject;
        String place = name == null || stored.version() == 0
                ? "the schema " + (stored.id() == 0 ? stored.guid() : stored.id())
                : name + " version " + stored.version();
        return new KnownSchema(
                name,
                stored.version(),
                stored.id(),
                stored.guid(),
                new SchemaDocument(place, stored.format(), text(stored), texts),
                stored.references(),
                stored.rules());
    }

    private String text(StoredSchema stored) {
        if (stored.text() == null) {
            throw SchemaException.wrong(client + " has answered without the text of the schema", null);
        }
        return stored.text();
    }

    /** Returns the result; null if the registry has answered with one of some statuses. */
    private static <T> @Nullable T orNull(CompletableFuture<T> future, Integer... statuses) {
        try {
            return await(future);
        } catch (SchemaException e) {
            if (e.getCause() instanceof RegistryException answer
                    && List.of(statuses).contains(answer.status())) {
                return null;
            }
            throw e;
        }
    }

    private static <T> T await(CompletableFuture<T> future) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw SchemaException.wrong("interrupted", e);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            String message = String.valueOf(cause.getMessage());
            throw cause instanceof RegistryException answer && REFUSALS.contains(answer.status())
                    ? SchemaException.refused(message, cause)
                    : SchemaException.wrong(message, cause);
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
