// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kurier.Printable;
import io.kurier.core.internal.config.PluginPath;
import io.kurier.core.internal.errors.ThrowableText;
import io.kurier.core.internal.plugins.BoundPlugins;
import io.kurier.core.internal.plugins.FoundPlugin;
import io.kurier.core.internal.plugins.PluginCatalog;
import io.kurier.core.internal.plugins.PluginFault;
import io.kurier.core.internal.start.KafkaVersion;
import io.kurier.plugins.host.internal.plugins.ConnectPlugins;
import io.kurier.spi.Plugin;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.connect.source.SourceConnector;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code kurier doctor}: the plugins, and those that cannot be used with the reason. */
@Command(name = "doctor", description = "Lists every plugin found: kind, name, version, jar.")
final class DoctorCommand implements Callable<Integer> {
    private static final List<String> KINDS = List.of("serializer", "framing", "guard", "partitioner", "connector");

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--json", description = "Print one JSON object instead.")
    private boolean json;

    @Mixin
    private PluginFolders folders = new PluginFolders();

    private record Fault(
            String jar,
            String kind,
            String reason,
            @JsonIgnore boolean warning) {
        static Fault of(PluginFault fault) {
            return new Fault(fault.origin(), fault.kind(), fault.reason(), fault.isWarning());
        }
    }

    private record Row(String kind, String name, List<String> aliases, String version, String jar) {
        static Row of(String kind, FoundPlugin<? extends Plugin> found) {
            return new Row(
                    kind, found.name(), found.aliases().stream().sorted().toList(), found.version(), found.origin());
        }

        /** One of Kafka's own serializers, which a plugin of the same name replaces. */
        static Row ofKafka(String serializer) {
            return new Row(
                    "serializer", serializer, List.of(), KafkaVersion.found(), FoundPlugin.origin(Serializer.class));
        }

        static Row of(ConnectPlugins connectors, SourceConnector connector) {
            return new Row(
                    "connector",
                    connector.getClass().getName(),
                    List.of(),
                    Printable.of(version(connectors, connector)),
                    Printable.of(connectors.origin(connector.getClass())));
        }

        private static String version(ConnectPlugins connectors, SourceConnector connector) {
            try (ConnectPlugins.Scope scope = connectors.enter(connector)) {
                return String.valueOf(connector.version());
            } catch (Throwable e) { // it must not hide the others
                return "unknown (" + ThrowableText.of(e) + ")";
            }
        }

        boolean has(String other) {
            return name.equals(other) || aliases.contains(other);
        }

        String names() {
            return aliases.isEmpty() ? name : name + " (also " + String.join(", ", aliases) + ")";
        }
    }

    @Override
    public Integer call() throws JsonProcessingException {
        PluginPath path = folders.path();
        try (PluginCatalog plugins = PluginCatalog.discover(BoundPlugins.NONE, path);
                ConnectPlugins connectors = ConnectPlugins.discover(path)) {
            return report(plugins, connectors);
        }
    }

    private int report(PluginCatalog plugins, ConnectPlugins connectors) throws JsonProcessingException {
        List<Row> rows = new ArrayList<>();
        plugins.serializers().forEach(found -> rows.add(Row.of("serializer", found)));
        PluginCatalog.kafkasSerializers().stream()
                .filter(name -> rows.stream().noneMatch(row -> row.has(name)))
                .toList()
                .forEach(name -> rows.add(Row.ofKafka(name)));
        plugins.framings().forEach(found -> rows.add(Row.of("framing", found)));
        plugins.partitioners().forEach(found -> rows.add(Row.of("partitioner", found)));
        plugins.guards().forEach(found -> rows.add(Row.of("guard", found)));
        connectors.connectors().forEach(connector -> rows.add(Row.of(connectors, connector)));
        // the order of a class path with a wildcard is that of the folder, which differs from machine to machine
        rows.sort(Comparator.comparing((Row row) -> KINDS.indexOf(row.kind())).thenComparing(Row::name));
        List<Fault> faults = Stream.concat(plugins.faults().stream(), connectors.broken().stream())
                .distinct() // both look into the same folders
                .map(Fault::of)
                .toList();
        List<Fault> broken = faults.stream().filter(fault -> !fault.warning()).toList();
        List<Fault> warnings = faults.stream().filter(Fault::warning).toList();

        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        if (json) {
            Map<String, List<?>> all = new LinkedHashMap<>();
            all.put("plugins", rows);
            all.put("broken", broken);
            all.put("warnings", warnings);
            out.println(new ObjectMapper().writeValueAsString(all));
        } else {
            Table table = new Table("kind", "name", "version", "jar");
            rows.forEach(row -> table.row(row.kind(), row.names(), row.version(), row.jar()));
            table.print(out);
            broken.forEach(fault -> out.println("broken " + fault.kind() + ": " + fault.jar() + ": " + fault.reason()));
            warnings.forEach(fault -> out.println("warning: " + fault.jar() + ": " + fault.reason()));
        }
        return broken.isEmpty() ? 0 : ExitCode.DIFFERS;
    }
}
