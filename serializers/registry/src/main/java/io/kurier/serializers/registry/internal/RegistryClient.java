// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.registry.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kurier.serializers.internal.Json;
import java.net.URLEncoder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.jspecify.annotations.Nullable;

/**
 * A client of a schema registry with Confluent's HTTP interface. No method blocks; each future completes within {@code
 * schema.registry.api.timeout.ms}, retries included, with a result or with a {@link RegistryException}. It caches
 * nothing. Safe for use by any number of threads.
 */
public final class RegistryClient implements AutoCloseable {
    private static final int NOT_FOUND = 404;

    private final Calls calls;
    private final String prefix;

    RegistryClient(Calls calls, String prefix) {
        this.calls = calls;
        this.prefix = prefix;
    }

    /** Adds the keys of the client: the addresses, authentication, TLS, retries. */
    public static ConfigDef defineIn(ConfigDef keys) {
        return ClientKeys.defineIn(keys);
    }

    /**
     * Creates a client. It does not send a request.
     *
     * @param config has the keys of {@link #defineIn}
     * @param prefix stands before each key in what a user writes, such as {@code framing.confluent.}, for errors
     * @throws org.apache.kafka.common.config.ConfigException if the keys contradict each other
     */
    public static RegistryClient of(AbstractConfig config, String prefix) {
        return new RegistryClient(new Calls(config, prefix), prefix);
    }

    /** Returns the addresses, without user information, for errors. */
    @Override
    public String toString() {
        return calls.toString();
    }

    /** Registers a schema under a subject; if it is registered there already, returns its id. */
    public CompletableFuture<StoredSchema> register(String subject, NewSchema schema, boolean normalize) {
        String what = "register a schema under the subject " + subject;
        return call(what, subjectPath(subject) + "/versions" + query(normalize), body(schema))
                .thenApply(read(what, json -> Answers.schema(json, subject, -1, schema.format())));
    }

    /** Finds a schema under a subject; fails with the status 404 if it is not registered there. */
    public CompletableFuture<StoredSchema> lookup(String subject, NewSchema schema, boolean normalize) {
        String what = "look up a schema under the subject " + subject;
        return call(what, subjectPath(subject) + query(normalize), body(schema))
                .thenApply(read(what, json -> Answers.schema(json, subject, -1, schema.format())));
    }

    /** Returns a version of a subject. */
    public CompletableFuture<StoredSchema> version(String subject, int version) {
        return version(subject, String.valueOf(version), "get version " + version + " of the subject " + subject);
    }

    private CompletableFuture<StoredSchema> version(String subject, String version, String what) {
        return call(what, subjectPath(subject) + "/versions/" + version, null)
                .thenApply(read(what, json -> Answers.schema(json, subject, -1, null)));
    }

    /** Returns the latest version of a subject. */
    public CompletableFuture<StoredSchema> latest(String subject) {
        return version(subject, "latest", "get the latest version of the subject " + subject);
    }

    /** Returns the numbers of the versions of a subject. */
    public CompletableFuture<List<Integer>> versions(String subject) {
        String what = "list the versions of the subject " + subject;
        return call(what, subjectPath(subject) + "/versions", null).thenApply(read(what, Answers::numbers));
    }

    /** Returns all subjects. */
    public CompletableFuture<List<String>> subjects() {
        String what = "list the subjects";
        return call(what, "/subjects", null).thenApply(read(what, Answers::texts));
    }

    /**
     * Returns the schema of an id.
     *
     * @param subject in whose context the id is looked up; empty for the default context
     */
    public CompletableFuture<StoredSchema> byId(long id, String subject) {
        String what = "get the schema with the id " + id;
        String query = subject.isEmpty() ? "" : "?subject=" + encoded(subject);
        return call(what, "/schemas/ids/" + id + query, null)
                .thenApply(read(what, json -> Answers.schema(json, null, id, null)));
    }

    /** Returns the schema of a GUID; its id is 0 if the registry does not tell it. */
    public CompletableFuture<StoredSchema> byGuid(UUID guid) {
        String what = "get the schema with the GUID " + guid;
        return call(what, "/schemas/guids/" + guid, null)
                .thenApply(read(what, json -> withGuid(Answers.schema(json, null, 0, null), guid)));
    }

    private static StoredSchema withGuid(StoredSchema schema, UUID guid) {
        return new StoredSchema(
                schema.subject(),
                schema.version(),
                schema.id(),
                guid,
                schema.format(),
                schema.text(),
                schema.references(),
                schema.rules());
    }

    /** Asks whether a schema may become the next version of a subject; true if the subject has no version. */
    public CompletableFuture<Compatibility> compatibility(String subject, NewSchema schema) {
        String what = "check a schema against the subject " + subject;
        String path = "/compatibility" + subjectPath(subject) + "/versions/latest?verbose=true";
        return call(what, path, body(schema))
                .thenApply(read(what, Answers::compatibility))
                .exceptionallyCompose(e -> isNotFound(e)
                        ? CompletableFuture.completedFuture(new Compatibility(true, List.of()))
                        : CompletableFuture.failedFuture(e));
    }

    private static boolean isNotFound(Throwable e) {
        Throwable cause = e instanceof CompletionException && e.getCause() != null ? e.getCause() : e;
        return cause instanceof RegistryException refused && refused.status() == NOT_FOUND && refused.code() != 0;
    }

    /** Returns the compatibility level of a subject, or the registry's default. */
    public CompletableFuture<String> compatibilityLevel(String subject) {
        String what = "get the compatibility level of the subject " + subject;
        return call(what, "/config/" + encoded(subject) + "?defaultToGlobal=true", null)
                .thenApply(read(what, json -> Answers.text(Answers.object(json), "compatibilityLevel")));
    }

    /** Ends the requests that are under way, and releases threads and connections. */
    @Override
    public void close() {
        calls.close();
    }

    private CompletableFuture<Object> call(String what, String path, @Nullable String body) {
        return calls.call(what, path, body);
    }

    private <T> Function<Object, T> read(String what, Function<Object, T> reader) {
        return Answers.read(new Failure(what, calls.toString(), prefix), reader);
    }

    private static String subjectPath(String subject) {
        return "/subjects/" + encoded(subject);
    }

    /** A plus would be a blank in a query, and is itself in a path. */
    private static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8).replace("+", "%20");
    }

    private static String query(boolean normalize) {
        return normalize ? "?normalize=true" : "";
    }

    /** Old registries do not know the member schemaType, and mean Avro. */
    private static String body(NewSchema schema) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("schema", schema.text());
        if (!schema.format().equals("avro")) {
            body.put("schemaType", schema.format().toUpperCase(Locale.ROOT));
        }
        if (!schema.references().isEmpty()) {
            body.put(
                    "references",
                    schema.references().stream()
                            .map(each -> Map.<String, Object>of(
                                    "name", each.name(),
                                    "subject", each.subject(),
                                    "version", new Json.Num(String.valueOf(each.version()))))
                            .toList());
        }
        return Json.compact(body);
    }
}
