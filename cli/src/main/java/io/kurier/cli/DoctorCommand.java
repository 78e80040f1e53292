// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kurier.Printable;
import io.kurier.cli.doctor.ClusterDoctor;
import io.kurier.cli.doctor.Finding;
import io.kurier.core.internal.config.PluginPath;
import io.kurier.core.internal.config.PublisherConfig;
import io.kurier.core.internal.errors.ThrowableText;
import io.kurier.core.internal.plugins.BoundPlugins;
import io.kurier.core.internal.plugins.FoundPlugin;
import io.kurier.core.internal.plugins.PluginCatalog;
import io.kurier.core.internal.plugins.PluginFault;
import io.kurier.core.internal.start.KafkaVersion;
import io.kurier.plugins.host.internal.plugins.ConnectPlugins;
import io.kurier.spi.Plugin;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.InstantSource;
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

/** {@code kurier doctor}: the plugins, and those that cannot be used with the reason; and what is wrong with a cluster. */
@Command(
        name = "doctor",
        description = {
            "Lists every plugin found: kind, name, version, jar.",
            "With --config or --bootstrap it examines the cluster too: versions, brokers, declared topics, rights,"
                    + " replicas, certificates, transactions, the time to an acknowledgment and the clock. Each finding"
                    + " says what to do. The exit code is 1 if one of them is a problem."
        })
final class DoctorCommand implements Callable<Integer> {
    private static final List<String> KINDS = List.of("serializer", "framing", "guard", "partitioner", "connector");

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--json", description = "Print one JSON object instead.")
    private boolean json;

    @Mixin
    private DoctorOptions options = new DoctorOptions();

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
    public Integer call() throws JsonProcessingException, InterruptedException {
        PluginPath path = options.pluginPath();
        PublisherConfig publisher = options.hasCluster() ? options.publisher() : null;
        Plugins found;
        try (PluginCatalog plugins = PluginCatalog.discover(BoundPlugins.NONE, path);
                ConnectPlugins connectors = ConnectPlugins.discover(path)) {
            found = found(plugins, connectors);
        }
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        if (!json) {
            found.print(out);
        }
        List<Finding> findings = publisher == null ? null : examine(publisher);
        Path unused = options.fileWithoutCluster();
        if (unused != null) {
            err().println("kurier: " + Printable.of(unused.toString())
                    + " has no bootstrap.servers, so no cluster was examined");
        }
        if (json) {
            Map<String, List<?>> all = new LinkedHashMap<>();
            all.put("plugins", found.rows());
            all.put("broken", found.broken());
            all.put("warnings", found.warnings());
            if (findings != null) {
                all.put("findings", DoctorOutput.json(findings));
            }
            out.println(new ObjectMapper().writeValueAsString(all));
        } else if (findings != null) {
            out.println();
            DoctorOutput.print(findings, out);
        }
        boolean sound = found.broken().isEmpty() && (findings == null || !DoctorOutput.hasProblem(findings));
        return sound ? 0 : ExitCode.DIFFERS;
    }

    private List<Finding> examine(PublisherConfig publisher) throws InterruptedException {
        return new ClusterDoctor(
                        publisher,
                        options.cluster(),
                        InstantSource.system(),
                        announcement -> err().println(Printable.of(announcement)))
                .examine(options.mayWrite());
    }

    private PrintWriter err() {
        return Objects.requireNonNull(spec).commandLine().getErr();
    }

    /** The plugins that were found, and what is wrong with them. */
    private record Plugins(List<Row> rows, List<Fault> broken, List<Fault> warnings) {
        void print(PrintWriter out) {
            Table table = new Table("kind", "name", "version", "jar");
            rows.forEach(row -> table.row(row.kind(), row.names(), row.version(), row.jar()));
            table.print(out);
            broken.forEach(fault -> out.println("broken " + fault.kind() + ": " + fault.jar() + ": " + fault.reason()));
            warnings.forEach(fault -> out.println("warning: " + fault.jar() + ": " + fault.reason()));
        }
    }

    private static Plugins found(PluginCatalog plugins, ConnectPlugins connectors) {
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
        return new Plugins(
                rows,
                faults.stream().filter(fault -> !fault.warning()).toList(),
                faults.stream().filter(Fault::warning).toList());
    }
}
