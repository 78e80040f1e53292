// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.framings;

import io.kurier.spi.FramingSettings;
import io.kurier.spi.NotReadyException;
import io.kurier.spi.PayloadSchema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.config.ConfigDef;
import org.jspecify.annotations.Nullable;

/** A schema source of another module, found by its services file: a server that responds when a test lets it. */
public final class ByTopicPlugin implements SchemaSourcePlugin {
    private static final Map<String, Server> SERVERS = new ConcurrentHashMap<>();

    static final class Server {
        final CompletableFuture<Void> response = new CompletableFuture<>();
        final AtomicInteger requests = new AtomicInteger();
        final AtomicInteger closed = new AtomicInteger();
        volatile @Nullable RegisteredSchema schema;
    }

    static Server server(String name) {
        return SERVERS.computeIfAbsent(name, each -> new Server());
    }

    @Override
    public String name() {
        return "by-topic";
    }

    @Override
    public ConfigDef configDef() {
        return new ConfigDef()
                .define(
                        "schemas.by-topic.file",
                        ConfigDef.Type.STRING,
                        "",
                        ConfigDef.Importance.LOW,
                        "a descriptor set")
                .define(
                        "schemas.by-topic.same",
                        ConfigDef.Type.BOOLEAN,
                        true,
                        ConfigDef.Importance.LOW,
                        "not the server's")
                .define("schemas.by-topic.server", ConfigDef.Type.STRING, "", ConfigDef.Importance.LOW, "its name");
    }

    @Override
    public SchemaSource source(FramingSettings settings) {
        String file = settings.config().getString("schemas.by-topic.file");
        String server = settings.config().getString("schemas.by-topic.server");
        return new ByTopic(
                settings.format(),
                file,
                settings.config().getBoolean("schemas.by-topic.same"),
                server.isEmpty() ? null : server(server));
    }

    private record ByTopic(
            String format,
            String file,
            boolean same,
            @Nullable Server server) implements SchemaSource {

        private void ask(String what) {
            if (server != null) {
                server.requests.incrementAndGet();
                if (!server.response.isDone()) {
                    throw new NotReadyException(what + ", from the test", server.response);
                }
            }
        }

        @Override
        public RegisteredSchema identify(String topic, PayloadSchema schema) {
            ask("the id of " + topic);
            RegisteredSchema given = server == null ? null : server.schema;
            if (!same && given != null) {
                return given;
            }
            return new RegisteredSchema(format, 1L, null, file.isEmpty() ? schema.text() : descriptor());
        }

        private String descriptor() {
            try {
                return Base64.getEncoder()
                        .encodeToString(ProtoFile.lastOf(Files.readAllBytes(Path.of(file)))
                                .bytes());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public @Nullable RegisteredSchema findById(long id) {
            ask("the schema " + id);
            return server == null ? null : server.schema;
        }

        @Override
        public @Nullable RegisteredSchema findByGuid(UUID guid) {
            return null;
        }

        @Override
        public String toString() {
            return "by-topic";
        }

        @Override
        public void close() {
            if (server != null) {
                server.closed.incrementAndGet();
            }
        }
    }
}
