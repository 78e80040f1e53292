// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.registry;

import io.kurier.serializers.internal.AvroText;
import io.kurier.serializers.internal.Json;
import io.kurier.serializers.registry.internal.NewSchema;
import io.kurier.serializers.registry.internal.RegistryClient;
import io.kurier.serializers.registry.internal.SchemaReference;
import io.kurier.serializers.registry.internal.StoredSchema;
import io.kurier.spi.PayloadSchema;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.common.errors.SerializationException;

/** Finds Avro and JSON Schema, whose text is that of the registry, by one request. */
final class TextFinder implements SchemaFinder {
    private static final String AVRO = "avro";

    private final RegistryClient client;
    private final RegistrySettings settings;
    private final ReferenceTexts references;

    TextFinder(RegistryClient client, RegistrySettings settings) {
        this.client = client;
        this.settings = settings;
        this.references = new ReferenceTexts(client);
    }

    @Override
    public CompletableFuture<Found> find(String subject, PayloadSchema schema, boolean register) {
        String own = String.valueOf(schema.text());
        String sent = sent(own);
        NewSchema asked = new NewSchema(settings.format(), sent, settings.references());
        CompletableFuture<StoredSchema> answer = register
                ? client.register(subject, asked, settings.normalize())
                        .thenCompose(stored -> withRules(stored, subject))
                : Failures.ifUnknown(
                        client.lookup(subject, asked, settings.normalize()),
                        () -> lookupWithoutJavaTypes(subject, schema, asked));
        return answer.thenApply(stored -> new Found(stored, registered(stored, own), sent));
    }

    /** A folder of schemas finds them so too, and both must write the same bytes. */
    private CompletableFuture<StoredSchema> lookupWithoutJavaTypes(
            String subject, PayloadSchema schema, NewSchema asked) {
        String text = isAvro() ? sent(withoutJavaTypes(String.valueOf(schema.text()))) : asked.text();
        Supplier<CompletableFuture<StoredSchema>> refused =
                () -> CompletableFuture.failedFuture(SchemaFinder.notRegistered(subject, schema, client));
        return text.equals(asked.text())
                ? refused.get()
                : Failures.ifUnknown(
                        client.lookup(
                                subject, new NewSchema(asked.format(), text, asked.references()), settings.normalize()),
                        refused);
    }

    private static String withoutJavaTypes(String text) {
        if (!AvroText.choosesJavaTypes(text)) {
            return text;
        }
        return Json.compactWithDoubles(AvroText.in(AvroText.Form.WITHOUT_JAVA_PROPERTIES, Json.parse(text)));
    }

    /**
     * A new version takes over the rules of the version before it, and an answer that has only the id does not show
     * them.
     */
    private CompletableFuture<StoredSchema> withRules(StoredSchema stored, String subject) {
        return stored.text() == null ? client.byId(stored.id(), subject) : CompletableFuture.completedFuture(stored);
    }

    private String registered(StoredSchema stored, String own) {
        String text = stored.text();
        return text == null || !stored.references().isEmpty() ? own : text;
    }

    private String sent(String own) {
        if (!isAvro() || settings.references().isEmpty()) {
            return own;
        }
        return AvroReferences.withoutDefinitions(
                own, settings.references().stream().map(SchemaReference::name).collect(Collectors.toSet()));
    }

    private boolean isAvro() {
        return settings.format().equals(AVRO);
    }

    /** The framing itself compares two schemas of Avro, by what decides the bytes of a record. */
    @Override
    public CompletableFuture<Found> check(PayloadSchema schema, StoredSchema stored) {
        String registered = SchemaFinder.textOf(stored, client);
        return text(stored).thenApply(text -> {
            if (!isAvro() && !isSame(text, String.valueOf(schema.text()))) {
                throw new SerializationException("the schema " + SchemaFinder.name(schema) + " differs from the one"
                        + " with the id " + stored.id() + " in " + client + ", under which records would be written."
                        + " Give the serializer's key schema the registered text, or register its schema");
            }
            return new Found(stored, text, registered);
        });
    }

    private static boolean isSame(String one, String other) {
        try {
            return Json.sorted(Json.parse(one)).equals(Json.sorted(Json.parse(other)));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    @Override
    public CompletableFuture<String> text(StoredSchema stored) {
        String text = SchemaFinder.textOf(stored, client);
        if (!isAvro() || stored.references().isEmpty()) {
            return CompletableFuture.completedFuture(text);
        }
        return references.of(stored).thenApply(texts -> AvroReferences.withDefinitions(text, texts));
    }
}
