// SPDX-License-Identifier: Apache-2.0
package io.kurier.benchmarks.connect;

import io.kurier.benchmarks.Link;
import io.kurier.benchmarks.Machine;
import io.kurier.benchmarks.MeasuredBroker;
import io.kurier.benchmarks.ProducerSettings;
import io.kurier.benchmarks.results.Figures;
import io.kurier.benchmarks.results.RunAims;
import io.kurier.benchmarks.rounds.Rounds;
import io.kurier.broker.ClusterAdmin;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Files to a topic: by Kafka Connect's worker, by Kurier's connector host and by kcat, each in processes of its own. */
@Command(name = "benchmarks/run connect", sortOptions = false)
public final class ConnectBenchmark implements Callable<Integer> {
    static final String CONNECT = "Connect";
    static final String CONNECT_DEFAULTS = "Connect, its defaults";
    static final String HOST = "ConnectorHost";
    static final String HOST_ONCE = "ConnectorHost, exactly-once";
    static final String KCAT = "kcat";

    private static final String RUN = "connect";
    private static final String RUN_ONCE = "connect --exactly-once";

    /** The system property with the folder of the worker's jars; not set where the class path has them. */
    private static final String WORKER = "benchmarks.worker";

    /** The second file of text has so many times the lines of the first one, so that a JIT's part is smaller. */
    private static final int LONGER = 3;

    private final PrintStream out;

    @Parameters(index = "0", arity = "0..1", hidden = true)
    private String bootstrap = "";

    @Option(names = "--lines", paramLabel = "N", description = "Lines of a file (${DEFAULT-VALUE}).")
    private int lines = 1_000_000;

    @Option(names = "--files", paramLabel = "N", description = "Small files (${DEFAULT-VALUE}).")
    private int files = 10_000;

    @Option(names = "--rounds", paramLabel = "N", description = "Turns of each (${DEFAULT-VALUE}).")
    private int rounds = 5;

    @Option(
            names = "--exactly-once",
            description = "ConnectorHost exactly-once, beside Connect's cluster exactly-once and itself at-least-once;"
                    + " text, if --only names no other format.")
    private boolean exactlyOnce;

    @Option(names = "--only", paramLabel = "CONTENT", description = "Only one format: text, json, avro or files.")
    private @Nullable Content only;

    @Option(names = "--kcat", paramLabel = "PROGRAM", description = "The program kcat (${DEFAULT-VALUE}).")
    private String kcat = "kcat";

    @Option(
            names = "--jvm",
            paramLabel = "OPTION",
            description = "One more option of the JVMs of ConnectorHost, such as one that records; repeatable.")
    private List<String> jvmOptions = new ArrayList<>();

    @Option(names = "--seed", paramLabel = "N", description = "Repeats the orders of an earlier run.")
    private long seed = System.nanoTime() % 1_000_000;

    @Option(names = "--smoke", description = "Shows that it runs, with one round of small files.")
    private boolean smoke;

    @Option(names = "--out", paramLabel = "FILE", description = Figures.OPTION)
    private @Nullable Path outFile;

    @Option(names = "--help", usageHelp = true, description = "Prints this.")
    private boolean help;

    /** What is imported; the names are values of an option. */
    private enum Content {
        text,
        json,
        avro,
        files
    }

    /** One import of a round. */
    private record Job(Importer importer, Input input) {}

    ConnectBenchmark(PrintStream out) {
        this.out = out;
    }

    /** Runs the benchmark. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new ConnectBenchmark(System.out)).execute(args));
    }

    @Override
    public Integer call() throws IOException {
        if (smoke) {
            lines = 10_000;
            files = 100;
            rounds = 1;
        }
        // the files, and the topic of a turn; deleted topics leave the disk a little later
        Path folder = Files.createTempDirectory(MeasuredBroker.dataFolder(2_000L * lines), "kurier-benchmark-connect-");
        try (MeasuredBroker broker = MeasuredBroker.start(out, bootstrap);
                ClusterAdmin admin = ClusterAdmin.connect(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            String address = broker.bootstrapServers();
            out.println(Machine.inWords());
            out.println(Link.inWords());
            List<Importer> importers = importers(address);
            out.printf("%d rounds, orders of --seed %d%n", rounds, seed);
            Path figures = outFile == null ? folder.resolve("figures.jsonl") : outFile;
            Imports imports = new Imports(admin, address, folder);
            String run = exactlyOnce ? RUN_ONCE : RUN;
            ImportReport report = new ImportReport(out, Figures.to(figures, run));
            Random random = new Random(seed);
            for (Content content : Content.values()) {
                if (isWanted(content)) {
                    run(imports, importers, inputs(content, new Inputs(folder)), random, report);
                }
            }
            RunAims.print(out, run, Figures.read(figures));
        } finally {
            Utils.delete(folder.toFile());
        }
        return 0;
    }

    private boolean isWanted(Content content) {
        return only == null ? !exactlyOnce || content == Content.text : only == content;
    }

    private List<Importer> importers(String address) throws IOException {
        out.println("JVMs: " + String.join(" ", Jvm.OPTIONS));
        WorkerJars jars = WorkerJars.of(System.getProperty(WORKER, ""));
        if (exactlyOnce) {
            return importersOnce(address, jars);
        }
        out.println("Connect, a standalone worker with FileStreamSource: " + ConnectImporter.inWords());
        out.println("ConnectorHost, with the connector of the format: " + ProducerSettings.inWords());
        List<Importer> importers = new ArrayList<>();
        importers.add(new ConnectImporter(address, jars, false));
        importers.add(new ConnectImporter(address, jars, true));
        importers.add(new HostImporter(address, jvmOptions, false));
        if (KcatImporter.isInstalled(kcat)) {
            importers.add(new KcatImporter(kcat, address));
            out.println("kcat: " + KcatImporter.inWords());
        } else {
            out.println("kcat: left out, since the program \"" + kcat
                    + "\" cannot be started. Install kcat, or name it by --kcat");
        }
        return importers;
    }

    private List<Importer> importersOnce(String address, WorkerJars jars) {
        out.println("Connect, a cluster of one worker with FileStreamSource: " + ConnectImporter.inWords());
        out.println("ConnectorHost, with the connector of the format: " + ProducerSettings.inWords());
        List<Importer> importers = new ArrayList<>();
        for (ClusterImporter.Kind kind : ClusterImporter.Kind.values()) {
            importers.add(new ClusterImporter(address, jars, kind));
        }
        importers.add(new HostImporter(address, jvmOptions, true));
        importers.add(new HostImporter(address, jvmOptions, false));
        return importers;
    }

    /** Writes the inputs of a format. */
    private List<Input> inputs(Content content, Inputs inputs) throws IOException {
        return switch (content) {
            case text ->
                smoke
                        ? List.of(inputs.text(lines))
                        : List.of(inputs.text(lines), Inputs.titled(inputs.text(LONGER * lines), ", the longer file"));
            case json -> List.of(inputs.json(lines));
            case avro -> List.of(inputs.avro(lines));
            case files -> List.of(inputs.files(files));
        };
    }

    private void run(Imports imports, List<Importer> importers, List<Input> inputs, Random random, ImportReport report)
            throws IOException {
        Input.Kind kind = inputs.get(0).kind();
        List<Importer> able =
                importers.stream().filter(importer -> importer.reads(kind)).toList();
        List<Job> jobs = able.stream()
                .flatMap(importer -> inputs.stream().map(input -> new Job(importer, input)))
                .toList();
        Map<Job, List<Turn>> turns =
                Rounds.inTurns(jobs, job -> job, job -> imports.take(job.importer, job.input), random, 0, rounds);
        Map<Input, Map<String, List<Turn>>> byInput = new HashMap<>();
        turns.forEach((job, taken) ->
                byInput.computeIfAbsent(job.input, first -> new HashMap<>()).put(job.importer.row(), taken));
        List<String> rows = able.stream().map(Importer::row).toList();
        for (Input input : inputs) {
            report.print(input, rows, byInput.getOrDefault(input, Map.of()));
            Utils.delete(input.path().toFile());
        }
    }
}
