// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli;

import io.kurier.cli.cluster.ClusterKeys;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of commands that use a cluster which exists: a broker, or a file with the keys of the connection. */
final class ClusterOptions {
    @Option(
            names = "--bootstrap",
            paramLabel = "HOST:PORT",
            converter = BrokerAddress.Converter.class,
            description = "A broker of the cluster.")
    private @Nullable BrokerAddress bootstrap;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Take keys from this properties file: those of the connection (bootstrap.servers, security,"
                    + " sasl, ssl), plugin.path, config.providers, those of serializers, and to publish those of the"
                    + " producer. Others in it are not used.")
    private @Nullable Path config;

    /**
     * Returns the keys of the connection.
     *
     * @throws CommandFailure if no process listens at the address of {@code --bootstrap}
     * @throws io.kurier.StartException if no cluster is named, or the file cannot be read
     */
    ClusterKeys keys() {
        return checked(ClusterKeys.of(config, address()));
    }

    /** Returns the keys of the connection as {@link #keys} does, and those of the producer. */
    ClusterKeys withProducer() {
        return checked(ClusterKeys.withProducer(config, address()));
    }

    private @Nullable String address() {
        return bootstrap == null ? null : bootstrap.toString();
    }

    private ClusterKeys checked(ClusterKeys keys) {
        if (bootstrap != null) {
            bootstrap.probe();
        }
        return keys;
    }
}
