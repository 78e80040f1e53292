// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kurier.serializers.framings.RegisteredSchema;
import io.kurier.serializers.framings.SchemaSource;
import io.kurier.serializers.registry.internal.RegistryClient;
import io.kurier.serializers.registry.internal.StoredSchema;
import io.kurier.spi.PayloadSchema;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;

/** The schemas of a registry, each asked for once. Safe for use by any number of threads. */
final class RegistrySource implements SchemaSource {
    /** How long a registry's word that there is no such schema is believed. */
    private static final long UNKNOWN_SECONDS = 5;

    private final RegistryClient client;
    private final RegistrySettings settings;
    private final Runnable onClose;
    private final SchemaFinder finder;
    private final Confirmations confirmations;
    private final AnswerCache<TextKey, RegisteredSchema> byText;
    private final AnswerCache<Long, Optional<RegisteredSchema>> byId;
    private final AnswerCache<UUID, Optional<RegisteredSchema>> byGuid;
    private final AtomicBoolean closed = new AtomicBoolean();

    /** A schema under a subject, by a hash of its text, so that no text and no object of a library is kept. */
    record TextKey(String subject, ByteBuffer hash) {
        static TextKey of(String subject, String text) {
            try {
                byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
                return new TextKey(subject, ByteBuffer.wrap(hash).asReadOnlyBuffer());
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("this Java has no SHA-256, which each Java is required to have", e);
            }
        }
    }

    /**
     * Creates the source.
     *
     * @param onClose releases the client
     */
    RegistrySource(RegistryClient client, RegistrySettings settings, Runnable onClose) {
        this.client = client;
        this.settings = settings;
        this.onClose = onClose;
        this.finder = settings.format().equals(ProtobufFinder.FORMAT)
                ? new ProtobufFinder(client, settings)
                : new TextFinder(client, settings);
        this.confirmations = new Confirmations(settings.kept());
        boolean expires = settings.how() == RegistrySettings.How.LATEST && settings.latestSeconds() >= 0;
        long fresh = expires
                ? Math.min(settings.latestSeconds(), Integer.MAX_VALUE) * AnswerCache.SECOND
                : AnswerCache.FOR_EVER;
        this.byText = new AnswerCache<>(settings.kept(), answer -> fresh, true, System::nanoTime);
        this.byId = new AnswerCache<>(settings.kept(), RegistrySource::nanosFresh, false, System::nanoTime);
        this.byGuid = new AnswerCache<>(settings.kept(), RegistrySource::nanosFresh, false, System::nanoTime);
    }

    private static long nanosFresh(Optional<RegisteredSchema> answer) {
        return answer.isPresent() ? AnswerCache.FOR_EVER : UNKNOWN_SECONDS * AnswerCache.SECOND;
    }

    @Override
    public @Nullable RegisteredSchema identify(String topic, PayloadSchema schema) {
        String text = schema.text();
        if (text == null) {
            return null;
        }
        String subject = settings.subject(topic, schema);
        return byText.get(
                TextKey.of(subject, text),
                "the schema of " + subject + ", from " + client,
                () -> asked(subject, schema).thenApply(found -> writable(subject, found)));
    }

    private CompletableFuture<Found> asked(String subject, PayloadSchema schema) {
        return switch (settings.how()) {
            case TEXT -> finder.find(subject, schema, false);
            case REGISTER -> finder.find(subject, schema, true);
            case LATEST ->
                client.latest(subject).thenApply(this::ofFormat).thenCompose(stored -> finder.check(schema, stored));
            case ID ->
                client.byId(settings.schemaId(), subject)
                        .thenApply(this::ofFormat)
                        .thenCompose(stored -> finder.check(schema, stored));
        };
    }

    private StoredSchema ofFormat(StoredSchema stored) {
        if (!stored.format().equals(settings.format())) {
            throw new SerializationException("the schema with the id " + stored.id() + " in " + client + " is one of "
                    + stored.format() + ", and " + settings.format() + " is written here");
        }
        return stored;
    }

    private RegisteredSchema writable(String subject, Found found) {
        settings.rules().checkWriting(subject, found.stored());
        return found.registered();
    }

    @Override
    public @Nullable RegisteredSchema findById(long id) {
        if (id <= 0) { // a registry counts from 1
            return null;
        }
        return byId.get(
                        id,
                        "the schema with the id " + id + ", from " + client,
                        () -> readable(() -> client.byId(id, settings.context())))
                .orElse(null);
    }

    @Override
    public @Nullable RegisteredSchema findByGuid(UUID guid) {
        return byGuid.get(
                        guid,
                        "the schema with the GUID " + guid + ", from " + client,
                        () -> readable(() -> client.byGuid(guid)))
                .orElse(null);
    }

    private CompletableFuture<Optional<RegisteredSchema>> readable(Supplier<CompletableFuture<StoredSchema>> request) {
        return Failures.ifUnknown(
                request.get()
                        .thenCompose(stored -> {
                            settings.rules().checkReading(stored);
                            return read(stored);
                        })
                        .thenApply(Optional::of),
                () -> CompletableFuture.completedFuture(Optional.empty()));
    }

    /** A schema of another format is refused by the framing, which knows what was read. */
    private CompletableFuture<RegisteredSchema> read(StoredSchema stored) {
        String text = SchemaFinder.textOf(stored, client);
        if (!stored.format().equals(settings.format())) {
            return CompletableFuture.completedFuture(new Found(stored, text, text).registered());
        }
        return finder.text(stored).thenApply(form -> new Found(stored, form, text).registered());
    }

    @Override
    public CompletionStage<@Nullable RegisteredSchema> confirm(
            String topic, PayloadSchema schema, RegisteredSchema given) {
        String text = schema.text();
        if (text == null) {
            return CompletableFuture.completedFuture(given);
        }
        String subject;
        try {
            subject = settings.subject(topic, schema);
        } catch (SerializationException e) {
            return CompletableFuture.failedFuture(e);
        }
        return confirmations
                .begin(new Confirmations.Key(TextKey.of(subject, text), given), () -> compared(subject, schema, given))
                .thenApply(answer -> answer.orElse(null));
    }

    /** The schema is asked for first: if it has the same id there, nothing else has to be known. */
    private CompletableFuture<Optional<RegisteredSchema>> compared(
            String subject, PayloadSchema schema, RegisteredSchema given) {
        CompletableFuture<Optional<RegisteredSchema>> found =
                finder.find(subject, schema, false).thenApply(answer -> Optional.of(writable(subject, answer)));
        return found.<CompletableFuture<Optional<RegisteredSchema>>>handle((answer, failure) -> {
                    if (failure == null) {
                        return CompletableFuture.completedFuture(answer.map(has -> sameText(has, given)));
                    }
                    return Failures.cause(failure) instanceof NotRegisteredException
                            ? underIdentity(subject, given)
                            : CompletableFuture.failedFuture(Failures.cause(failure));
                })
                .thenCompose(answer -> answer);
    }

    /** The registry has taken the two for the same schema, so their texts need not be equal. */
    private static RegisteredSchema sameText(RegisteredSchema has, RegisteredSchema given) {
        return new RegisteredSchema(has.format(), has.id(), has.guid(), given.text());
    }

    private CompletableFuture<Optional<RegisteredSchema>> underIdentity(String subject, RegisteredSchema given) {
        Long id = given.id();
        UUID guid = given.guid();
        CompletableFuture<StoredSchema> request =
                id != null || guid == null ? client.byId(id == null ? 0 : id, settings.context()) : client.byGuid(guid);
        return Failures.ifUnknown(
                request.thenCompose(stored -> {
                            settings.rules().checkWriting(subject, stored);
                            return read(stored);
                        })
                        .thenApply(Optional::of),
                () -> CompletableFuture.completedFuture(Optional.empty()));
    }

    @Override
    public String whyUnknown(PayloadSchema schema) {
        return schema.text() == null
                ? "compares the texts of schemas, and these values have none. Set the key schema of the serializer to"
                        + " the JSON Schema"
                : "gives no GUID for a schema with rules, and one cannot be computed. Choose the framing confluent,"
                        + " which writes numbers";
    }

    @Override
    public String toString() {
        return "registry (" + client + ")";
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            confirmations.close();
            onClose.run();
        }
    }
}
