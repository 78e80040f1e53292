// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kurier.core.plugins.BrokenPlugin;
import io.kurier.core.plugins.FoundPlugin;
import io.kurier.core.plugins.PluginCatalog;
import io.kurier.plugins.host.ConnectorCatalog;
import io.kurier.spi.Plugin;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.apache.kafka.connect.source.SourceConnector;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code kurier doctor}: which plugins there are, and which cannot be used and why. */
@Command(name = "doctor", description = "Lists every plugin found: kind, name, version, jar.")
final class DoctorCommand implements Callable<Integer> {
    private static final List<String> KINDS = List.of("serializer", "guard", "partitioner", "connector");

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--json", description = "Print one JSON object instead.")
    private boolean json;

    private record Row(String kind, String name, List<String> aliases, String version, String jar) {
        static Row of(String kind, FoundPlugin<? extends Plugin> found) {
            Plugin plugin = found.plugin();
            return new Row(
                    kind, plugin.name(), plugin.aliases().stream().sorted().toList(), plugin.version(), found.origin());
        }

        static Row of(SourceConnector connector) {
            return new Row(
                    "connector",
                    connector.getClass().getName(),
                    List.of(),
                    connector.version(),
                    FoundPlugin.origin(connector.getClass()));
        }

        String names() {
            return aliases.isEmpty() ? name : name + " (also " + String.join(", ", aliases) + ")";
        }
    }

    @Override
    public Integer call() throws JsonProcessingException {
        PluginCatalog plugins = PluginCatalog.discover();
        ConnectorCatalog connectors = ConnectorCatalog.discover();
        List<Row> rows = new ArrayList<>();
        plugins.serializers().forEach(found -> rows.add(Row.of("serializer", found)));
        plugins.partitioners().forEach(found -> rows.add(Row.of("partitioner", found)));
        plugins.guards().forEach(found -> rows.add(Row.of("guard", found)));
        connectors.connectors().forEach(connector -> rows.add(Row.of(connector)));
        // the order of a class path with a wildcard is that of the folder, which differs from machine to machine
        rows.sort(Comparator.comparing((Row row) -> KINDS.indexOf(row.kind())).thenComparing(Row::name));
        List<BrokenPlugin> broken = new ArrayList<>(plugins.broken());
        broken.addAll(connectors.broken());

        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        if (json) {
            Map<String, List<?>> all = new LinkedHashMap<>();
            all.put("plugins", rows);
            all.put("broken", broken);
            out.println(new ObjectMapper().writeValueAsString(all));
        } else {
            print(out, rows, broken);
        }
        return broken.isEmpty() ? 0 : Main.DIFFERS;
    }

    private static void print(PrintWriter out, List<Row> rows, List<BrokenPlugin> broken) {
        Table table = new Table("kind", "name", "version", "jar");
        rows.forEach(row -> table.row(row.kind(), row.names(), row.version(), row.jar()));
        table.print(out);
        broken.forEach(plugin -> out.println("broken " + plugin.kind() + ": " + plugin.reason()));
    }
}
