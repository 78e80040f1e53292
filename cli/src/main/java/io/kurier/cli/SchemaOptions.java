// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli;

import io.kurier.cli.cluster.RegistryKeys;
import io.kurier.cli.schema.FolderSchemas;
import io.kurier.cli.schema.RegistrySchemas;
import io.kurier.cli.schema.SchemaException;
import io.kurier.cli.schema.SchemaStore;
import io.kurier.serializers.registry.internal.RegistryClient;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The options of commands that use a schema registry or a folder with schemas. */
final class SchemaOptions {
    @Option(
            names = "--registry",
            paramLabel = "URL",
            description = "The schema registry: its address, or several with commas between them. That of Apicurio"
                    + " Registry ends in /apis/ccompat/v7.")
    private @Nullable String registry;

    @Option(
            names = "--folder",
            paramLabel = "DIR",
            description = "A folder with schema files and ids.properties, as the key schemas.folder of a framing names"
                    + " it.")
    private @Nullable Path folder;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Set a key of the registry's client, such as http.read.timeout.ms=2000; kurier keys lists"
                    + " them below the framings. May be repeated. Passwords belong into the file of --config.")
    private List<String> set = new ArrayList<>();

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Take the keys of the registry's client from this properties file: schema.registry.url,"
                    + " basic.auth, bearer.auth and so on, alone or behind topics.A.value.serializer.framing.NAME,"
                    + " with config.providers. Others in it are not used.")
    private @Nullable Path config;

    /** What a command does with schemas. */
    interface Work {
        /**
         * Does it.
         *
         * @return the exit code
         */
        int run(@Nullable RegistrySchemas registry, @Nullable FolderSchemas folder);
    }

    /** Lets a command work with the registry or the folder that is named, or with none. */
    int run(CommandLine command, Work work) {
        return guarded(() -> {
            FolderSchemas schemas = folder == null ? null : new FolderSchemas(folder);
            if (registry == null && config == null) {
                if (!set.isEmpty()) {
                    throw new ParameterException(command, "--set: it is for a registry; name that by --registry URL");
                }
                return work.run(null, schemas);
            }
            try (RegistrySchemas online = new RegistrySchemas(client(command))) {
                return work.run(online, schemas);
            }
        });
    }

    /** Lets a command work with one of the two. */
    int runWithOne(CommandLine command, ToIntFunction<SchemaStore> work) {
        return run(command, (online, offline) -> {
            if (online != null && offline != null) {
                throw new ParameterException(command, "--folder: the registry is named already; keep one of the two");
            }
            SchemaStore store = online == null ? offline : online;
            if (store == null) {
                throw noStore(command);
            }
            return work.applyAsInt(store);
        });
    }

    /** Returns the error of a command that needs a registry or a folder. */
    static ParameterException noStore(CommandLine command) {
        return new ParameterException(command, "name a registry by --registry URL, or a folder by --folder DIR");
    }

    private interface Guarded {
        int run();
    }

    private static int guarded(Guarded work) {
        try {
            return work.run();
        } catch (SchemaException e) {
            throw new CommandFailure(
                    e.isRefused() ? ExitCode.DIFFERS : ExitCode.USAGE, String.valueOf(e.getMessage()), e);
        }
    }

    private RegistryClient client(CommandLine command) {
        RegistryKeys keys = new RegistryKeys(RegistryClient.defineIn(new ConfigDef()));
        try {
            return RegistryClient.of(keys.config(config, registry, set), "");
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command, String.valueOf(e.getMessage()), e);
        } catch (ConfigException e) {
            throw new CommandFailure(ExitCode.USAGE, String.valueOf(e.getMessage()), e);
        }
    }
}
