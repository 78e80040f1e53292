// SPDX-License-Identifier: Apache-2.0
package io.kurier.benchmarks.media;

import io.kurier.benchmarks.Machine;
import io.kurier.benchmarks.MeasuredBroker;
import io.kurier.benchmarks.media.MediaTurn.Task;
import io.kurier.benchmarks.media.MediaTurn.Who;
import io.kurier.benchmarks.results.Figures;
import io.kurier.benchmarks.rounds.Rounds;
import io.kurier.broker.ClusterAdmin;
import io.kurier.serializers.media.BlobChunks;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** One large file and many small pictures, published and read, each turn in a JVM of its own with a small heap. */
@Command(name = "benchmarks/run media", sortOptions = false)
public final class MediaBenchmark implements Callable<Integer> {
    private static final int WARM_UP_SHARE = 2;
    private static final int PICTURES_PER_MIB = 20;
    private static final int BLOCK = 1 << 20;

    private final PrintStream out;

    @Parameters(index = "0", arity = "0..1", hidden = true)
    private String bootstrap = "";

    @Option(names = "--size", paramLabel = "MIB", description = "The size of the file (${DEFAULT-VALUE}).")
    private int size = 1024;

    @Option(names = "--rounds", paramLabel = "N", description = "Turns of each (${DEFAULT-VALUE}).")
    private int rounds = 7;

    @Option(
            names = "--compression",
            paramLabel = "TYPE",
            description = "compression.type of all producers (${DEFAULT-VALUE}).")
    private String compression = "none";

    @Option(names = "--chunk", paramLabel = "BYTES", description = "chunk.bytes of the publisher (${DEFAULT-VALUE}).")
    private int chunk = BlobChunks.DEFAULT_CHUNK_BYTES;

    @Option(names = "--only", paramLabel = "CONTENT", description = "Only one table's content: file or pictures.")
    private Content only = Content.both;

    @Option(names = "--jvm", paramLabel = "OPTION", description = "One more option of the measured JVMs; repeatable.")
    private List<String> jvmOptions = new ArrayList<>();

    @Option(names = "--seed", paramLabel = "N", description = "Repeats the orders of an earlier run.")
    private long seed = System.nanoTime() % 1_000_000;

    @Option(names = "--smoke", description = "Shows that it runs, with one round of a small file.")
    private boolean smoke;

    @Option(names = "--out", paramLabel = "FILE", description = Figures.OPTION)
    private @Nullable Path outFile;

    @Option(names = "--help", usageHelp = true, description = "Prints this.")
    private boolean help;

    private int turns;

    /** What is published; the names are values of an option. */
    private enum Content {
        file,
        pictures,
        both
    }

    MediaBenchmark(PrintStream out) {
        this.out = out;
    }

    /** Runs the benchmark. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new MediaBenchmark(System.out)).execute(args));
    }

    @Override
    public Integer call() throws IOException {
        if (smoke) {
            size = 4;
            rounds = 1;
        }
        // the file, the same bytes in a topic, and a warm-up of both; deleted topics leave the disk a little later
        Path folder =
                Files.createTempDirectory(MeasuredBroker.dataFolder(4L * size * BLOCK), "kurier-benchmark-media-");
        try (MeasuredBroker broker = MeasuredBroker.start(out, bootstrap);
                ClusterAdmin admin = ClusterAdmin.connect(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            out.println(Machine.inWords());
            out.println("measured JVMs: " + String.join(" ", ChildJvm.OPTIONS)
                    + ", one for each turn, after a warm-up with half of the content");
            out.println("producers:" + settings() + "; chunks of " + chunk + " B, raw values of "
                    + BytesClient.VALUE_BYTES + " B");
            out.printf("%d rounds, orders of --seed %d%n", rounds, seed);
            Path warmUp = random(folder.resolve("warm-up.bin"), Math.max(1, size / WARM_UP_SHARE));
            Path file = random(folder.resolve("film.bin"), size);
            Random random = new Random(seed);
            if (only != Content.pictures) {
                file(admin, random, broker.bootstrapServers(), List.of(warmUp, file));
            }
            if (only != Content.file) {
                pictures(admin, random, broker.bootstrapServers(), List.of(warmUp, file));
            }
        } finally {
            Utils.delete(folder.toFile());
        }
        return 0;
    }

    private MediaReport report() {
        return new MediaReport(out, Figures.to(outFile, "media"));
    }

    private void file(ClusterAdmin admin, Random random, String address, List<Path> files) {
        List<Who> rows = List.of(Who.RAW, Who.KURIER);
        Map<Who, List<Map<Task, Measurement>>> taken = Rounds.inTurns(
                rows,
                who -> who,
                who -> turn(admin, address, who, List.of(Task.PUBLISH, Task.READ), files),
                random,
                0,
                rounds);
        String title = String.format(Locale.ROOT, "%,d MiB, ", size);
        MediaReport report = report();
        report.print(title + "published", Task.PUBLISH, rows, of(Task.PUBLISH, taken));
        report.print(title + "read", Task.READ, rows, of(Task.READ, taken));
    }

    private void pictures(ClusterAdmin admin, Random random, String address, List<Path> files) {
        List<Who> rows = List.of(Who.RAW, Who.KURIER, Who.KURIER_DETECTING);
        Map<Who, List<Map<Task, Measurement>>> taken = Rounds.inTurns(
                rows, who -> who, who -> turn(admin, address, who, List.of(Task.PICTURES), files), random, 0, rounds);
        String title = String.format(Locale.ROOT, "%,d pictures of %,d B", pictures(size), MediaTurn.PICTURE_BYTES);
        report().print(title, Task.PICTURES, rows, of(Task.PICTURES, taken));
    }

    /** Runs tasks on topics of their own, which are deleted afterwards: two files of this size need not fit. */
    private Map<Task, Measurement> turn(
            ClusterAdmin admin, String address, Who who, List<Task> tasks, List<Path> files) {
        turns++;
        List<String> topics = List.of("warm-up-" + turns, "turn-" + turns);
        topics.forEach(topic -> admin.createTopic(topic, 1));
        Map<Task, Measurement> measured = new EnumMap<>(Task.class);
        try {
            for (Task task : tasks) {
                List<String> arguments = new ArrayList<>(
                        List.of(task.name(), who.name(), address, compression, Integer.toString(chunk)));
                files.forEach(file -> arguments.add(file.toString()));
                arguments.add(Integer.toString(pictures(size) / WARM_UP_SHARE));
                arguments.add(Integer.toString(pictures(size)));
                arguments.addAll(topics);
                measured.put(task, new ChildJvm(jvmOptions).run(arguments));
            }
        } finally {
            topics.forEach(admin::deleteTopic);
        }
        return measured;
    }

    private static int pictures(int size) {
        return PICTURES_PER_MIB * size;
    }

    private static Map<Who, List<Measurement>> of(Task task, Map<Who, List<Map<Task, Measurement>>> taken) {
        Map<Who, List<Measurement>> found = new EnumMap<>(Who.class);
        taken.forEach((who, rounds) -> found.put(
                who, rounds.stream().map(round -> measurement(round, task)).toList()));
        return found;
    }

    private static Measurement measurement(Map<Task, Measurement> round, Task task) {
        Measurement found = round.get(task);
        if (found == null) {
            throw new IllegalStateException(task + " has not run");
        }
        return found;
    }

    /** Writes bytes that cannot be compressed, as those of a film. */
    private static Path random(Path file, int mebibytes) throws IOException {
        Random random = new Random(7);
        byte[] block = new byte[BLOCK];
        try (OutputStream content = Files.newOutputStream(file)) {
            for (int i = 0; i < mebibytes; i++) {
                random.nextBytes(block);
                content.write(block);
            }
        }
        return file;
    }

    private String settings() {
        StringBuilder words = new StringBuilder();
        new TreeMap<>(MediaTurn.producer("", compression)).forEach((key, value) -> {
            if (!key.equals("bootstrap.servers")) {
                words.append(' ').append(key).append('=').append(value);
            }
        });
        return words.toString();
    }
}
