// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.registry.internal;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;

/**
 * A client of a schema registry with Confluent's HTTP interface. No method blocks; each future completes within {@code
 * schema.registry.api.timeout.ms}, retries included, with a result or with a {@link RegistryException}. It caches
 * nothing. Safe for use by any number of threads.
 */
public final class RegistryClient implements AutoCloseable {
    private RegistryClient() {}

    /** Adds the keys of the client: the addresses, authentication, TLS, retries. */
    public static ConfigDef defineIn(ConfigDef keys) {
        throw new UnsupportedOperationException();
    }

    /**
     * Creates a client. It does not send a request.
     *
     * @param config has the keys of {@link #defineIn}
     * @param prefix stands before each key in what a user writes, such as {@code framing.confluent.}, for errors
     * @throws org.apache.kafka.common.config.ConfigException if the keys contradict each other
     */
    public static RegistryClient of(AbstractConfig config, String prefix) {
        throw new UnsupportedOperationException();
    }

    /** Returns the addresses, without user information, for errors. */
    @Override
    public String toString() {
        throw new UnsupportedOperationException();
    }

    /** Registers a schema under a subject; if it is registered there already, returns its id. */
    public CompletableFuture<StoredSchema> register(String subject, NewSchema schema, boolean normalize) {
        throw new UnsupportedOperationException();
    }

    /** Finds a schema under a subject; fails with the status 404 if it is not registered there. */
    public CompletableFuture<StoredSchema> lookup(String subject, NewSchema schema, boolean normalize) {
        throw new UnsupportedOperationException();
    }

    /** Returns a version of a subject. */
    public CompletableFuture<StoredSchema> version(String subject, int version) {
        throw new UnsupportedOperationException();
    }

    /** Returns the latest version of a subject. */
    public CompletableFuture<StoredSchema> latest(String subject) {
        throw new UnsupportedOperationException();
    }

    /** Returns the numbers of the versions of a subject. */
    public CompletableFuture<List<Integer>> versions(String subject) {
        throw new UnsupportedOperationException();
    }

    /** Returns all subjects. */
    public CompletableFuture<List<String>> subjects() {
        throw new UnsupportedOperationException();
    }

    /**
     * Returns the schema of an id.
     *
     * @param subject in whose context the id is looked up; empty for the default context
     */
    public CompletableFuture<StoredSchema> byId(long id, String subject) {
        throw new UnsupportedOperationException();
    }

    /** Returns the schema of a GUID; its id is 0 if the registry does not tell it. */
    public CompletableFuture<StoredSchema> byGuid(UUID guid) {
        throw new UnsupportedOperationException();
    }

    /** Asks whether a schema may become the next version of a subject; true if the subject has no version. */
    public CompletableFuture<Compatibility> compatibility(String subject, NewSchema schema) {
        throw new UnsupportedOperationException();
    }

    /** Returns the compatibility level of a subject, or the registry's default. */
    public CompletableFuture<String> compatibilityLevel(String subject) {
        throw new UnsupportedOperationException();
    }

    /** Ends the requests that are under way, and releases threads and connections. */
    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}
