// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kurier.Printable;
import io.kurier.core.internal.config.KeyDescription;
import io.kurier.core.internal.config.PluginPath;
import io.kurier.core.internal.plugins.BoundPlugins;
import io.kurier.core.internal.plugins.PluginCatalog;
import io.kurier.plugins.host.internal.plugins.ConnectPlugins;
import java.io.PrintWriter;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code kurier keys}: the keys that a configuration can have; its subcommands are about cryptographic keys. */
@Command(
        name = "keys",
        description = {
            "Lists every key of the publisher, of a topic and of each plugin found: name, type, default, valid values,"
                    + " meaning.",
            "The subcommands make and change files of cryptographic keys, for the guards encrypt and sign."
        },
        subcommands = {KeysGenerateCommand.class, KeysRotateCommand.class, KeysPublicCommand.class})
final class KeysCommand implements Callable<Integer> {
    /** The maximum length of lines of documentation. */
    private static final int WIDTH = 100;

    private static final String INDENT = "    ";

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private PluginFolders folders = new PluginFolders();

    @Option(names = "--json", description = "Print one JSON array instead, of an object for each key.")
    private boolean json;

    /**
     * One key in JSON. Tools depend on the names.
     *
     * @param kind {@code publisher}, {@code topic} or the kind of a plugin
     * @param plugin the name of the plugin, or null for one of Kurier's keys
     * @param key the key; that of a plugin without its prefix
     * @param defaultValue the default, or null if there is none
     * @param required whether the key must be set
     * @param valid the values that are allowed, or null if the definition does not list them
     */
    private record Row(
            String kind,
            @Nullable String plugin,
            String key,
            String type,
            @JsonProperty("default") @Nullable String defaultValue,
            boolean required,
            @Nullable String valid,
            String documentation) {
        static Row of(KeyGroup group, KeyDescription key) {
            return new Row(
                    group.kind(),
                    group.plugin(),
                    key.key(),
                    key.type(),
                    key.defaultValue(),
                    key.required(),
                    key.valid(),
                    key.documentation());
        }
    }

    @Override
    public Integer call() throws JsonProcessingException {
        CommandLine command = Objects.requireNonNull(spec).commandLine();
        PluginPath path = folders.path();
        try (PluginCatalog plugins = PluginCatalog.discover(BoundPlugins.NONE, path);
                ConnectPlugins connectors = ConnectPlugins.discover(path)) {
            KeyGroups found = KeyGroups.of(plugins, connectors);
            if (json) {
                command.getOut().println(new ObjectMapper().writeValueAsString(rows(found.groups())));
            } else {
                print(found.groups(), command.getOut());
            }
            found.broken().forEach(reason -> command.getErr().println("kurier: " + Printable.of(reason)));
            return found.broken().isEmpty() ? 0 : ExitCode.DIFFERS;
        }
    }

    private static List<Row> rows(List<KeyGroup> groups) {
        return groups.stream()
                .flatMap(group -> group.keys().stream().map(key -> Row.of(group, key)))
                .toList();
    }

    private static void print(List<KeyGroup> groups, PrintWriter out) {
        for (KeyGroup group : groups) {
            if (group != groups.get(0)) {
                out.println();
            }
            out.println("# " + Printable.of(group.title()));
            if (group.keys().isEmpty()) {
                out.println("no keys");
                continue;
            }
            Table table = new Table("key", "type", "default", "valid values");
            for (KeyDescription key : group.keys()) {
                table.row(key.key(), key.type(), key.shownDefault(), key.valid() == null ? "" : key.valid());
                wrap(key.documentation(), table);
            }
            table.print(out);
        }
    }

    private static void wrap(String text, Table table) {
        StringBuilder line = new StringBuilder(INDENT);
        for (String word : text.strip().split("\\s+", -1)) {
            if (line.length() > INDENT.length() && line.length() + word.length() > WIDTH) {
                table.line(line.toString());
                line = new StringBuilder(INDENT);
            }
            line.append(word).append(' ');
        }
        if (!line.toString().isBlank()) {
            table.line(line.toString());
        }
    }
}
