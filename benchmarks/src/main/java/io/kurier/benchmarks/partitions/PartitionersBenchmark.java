// SPDX-License-Identifier: Apache-2.0
package io.kurier.benchmarks.partitions;

import io.kurier.Topic;
import io.kurier.benchmarks.Link;
import io.kurier.benchmarks.Machine;
import io.kurier.benchmarks.ProducerSettings;
import io.kurier.benchmarks.Values;
import io.kurier.benchmarks.clients.Client;
import io.kurier.benchmarks.clients.Clients;
import io.kurier.benchmarks.clients.KafkaClient;
import io.kurier.benchmarks.clients.KurierClient;
import io.kurier.benchmarks.results.Figures;
import io.kurier.benchmarks.rounds.MeasureTable;
import io.kurier.benchmarks.rounds.Rounds;
import io.kurier.benchmarks.steady.Pace;
import io.kurier.benchmarks.steady.RoundResult;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleBiFunction;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * What partitioners are worth: for records without keys while the leader of one partition is slow, and for keys of
 * which few are frequent.
 */
@Command(name = "benchmarks/run partitioners", sortOptions = false)
public final class PartitionersBenchmark implements Callable<Integer> {
    private static final double ZIPF = 1.1;
    private static final int KEYS_PARTITIONS = 12;

    private final PrintStream out;

    @Option(
            names = "--partitioner",
            paramLabel = "NAME",
            description = "A partitioner beside Kafka's; can be repeated (round-robin, least-loaded).")
    private List<String> partitioners = List.of("round-robin", "least-loaded");

    @Option(
            names = "--set",
            paramLabel = "NAME.KEY=VALUE",
            description = "A key of a partitioner; can be repeated (least-loaded.batch.bytes=131072).")
    private Map<String, String> partitionerKeys = Map.of("least-loaded.batch.bytes", ProducerSettings.BATCH_SIZE);

    @Option(names = "--size", paramLabel = "BYTES", description = "The size of values (${DEFAULT-VALUE}).")
    private int size = 1_000;

    @Option(names = "--rate", paramLabel = "N", description = "Records a second of steady turns (${DEFAULT-VALUE}).")
    private int rate = 5_000;

    @Option(
            names = "--flood-limit",
            paramLabel = "BYTES",
            description = "Bytes a second to the slow leader in a flood (${DEFAULT-VALUE}).")
    private long floodLimit = 8_000_000;

    @Option(
            names = "--steady-limit",
            paramLabel = "BYTES",
            description = "Bytes a second to the slow leader in steady turns (${DEFAULT-VALUE}).")
    private long steadyLimit = 200_000;

    @Option(names = "--delay", paramLabel = "MS", description = "The other fault: a delay (${DEFAULT-VALUE}).")
    private long delayMillis = 50;

    @Option(names = "--rounds", paramLabel = "N", description = "Measured turns of each (${DEFAULT-VALUE}).")
    private int rounds = 5;

    @Option(names = "--seed", paramLabel = "N", description = "Repeats the orders and keys of an earlier run.")
    private long seed = System.nanoTime() % 1_000_000;

    @Option(names = "--smoke", description = "Shows that it runs, with one short turn and few keys.")
    private boolean smoke;

    @Option(names = "--out", paramLabel = "FILE", description = Figures.OPTION)
    private @Nullable Path file;

    @Option(names = "--help", usageHelp = true, description = "Prints this.")
    private boolean help;

    private Duration fill = Duration.ofSeconds(2);
    private Duration counted = Duration.ofSeconds(3);
    private int steadySeconds = 5;
    private int keys = 100_000;
    private int records = 1_000_000;

    PartitionersBenchmark(PrintStream out) {
        this.out = out;
    }

    /** Runs the benchmark. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new PartitionersBenchmark(System.out)).execute(args));
    }

    @Override
    public Integer call() {
        if (smoke) {
            rounds = 1;
            fill = Duration.ofMillis(100);
            counted = Duration.ofMillis(100);
            steadySeconds = 1;
            keys = 1_000;
            records = 10_000;
        }
        Random random = new Random(seed);
        Figures figures = Figures.to(file, "partitioners");
        out.println(Machine.inWords());
        out.println(Link.inWords());
        out.println(ProducerSettings.inWords());
        out.printf(
                "%d B; a flood of %d ms after %d ms, or %d s of %d records/s; %d rounds, orders and keys of --seed %d%n",
                size, counted.toMillis(), fill.toMillis(), steadySeconds, rate, rounds, seed);
        out.println("partitioners: " + partitioners + ", with " + new TreeMap<>(partitionerKeys));
        try (SlowLeader brokers = SlowLeader.start(out);
                Clients<byte[]> clients = clients(brokers)) {
            flood(clients.all(), brokers, random, 1); // the warm-up
            compareLoads(clients.all(), brokers, figures, random);
        }
        compareKeys(figures, random);
        return 0;
    }

    private Clients<byte[]> clients(SlowLeader brokers) {
        ByteArraySerializer bytes = new ByteArraySerializer();
        Clients<byte[]> clients = new Clients<>();
        Map<String, Object> kafka = ProducerSettings.forKafka(brokers.bootstrapServers());
        brokers.create(List.of("kafka", "publisher"));
        clients.add(new KafkaClient<>("kafka", kafka, bytes, bytes, value -> null));
        clients.add(publisher("Publisher", "publisher", brokers, Map.of()));
        for (String name : partitioners) {
            brokers.create(List.of(name));
            clients.add(publisher(name, name, brokers, partitionerConfig(name)));
        }
        return clients;
    }

    /** The keys that choose a partitioner for the topic of its name, and set what belongs to it. */
    private Map<String, String> partitionerConfig(String name) {
        String chosen = "topics." + name + ".partitioner";
        Map<String, String> config = new HashMap<>(Map.of(chosen, name));
        partitionerKeys.forEach((key, value) -> {
            if (key.startsWith(name + ".")) {
                config.put(chosen + key.substring(name.length()), value);
            }
        });
        return config;
    }

    private static Client<byte[]> publisher(String name, String topic, SlowLeader brokers, Map<String, String> more) {
        Map<String, String> config = new HashMap<>(ProducerSettings.forKurier(brokers.bootstrapServers(), topic));
        config.putAll(more);
        return new KurierClient<>(name, Topic.of(topic, byte[].class, byte[].class), config, value -> null);
    }

    private void compareLoads(List<Client<byte[]>> clients, SlowLeader brokers, Figures figures, Random random) {
        MeasureTable table =
                new MeasureTable(out, clients.stream().map(Client::name).toList(), figures);
        String limit = "one leader behind %,d B/s";
        String delay = "one leader " + delayMillis + " ms away";
        compareFloods("all leaders equal", table, flood(clients, brokers, random, rounds));
        compareSteady("all leaders equal", table, steady(clients, brokers, random));
        brokers.limit(floodLimit);
        compareFloods(String.format(Locale.ROOT, limit, floodLimit), table, flood(clients, brokers, random, rounds));
        brokers.limit(steadyLimit);
        compareSteady(String.format(Locale.ROOT, limit, steadyLimit), table, steady(clients, brokers, random));
        brokers.delay(Duration.ofMillis(delayMillis));
        compareFloods(delay, table, flood(clients, brokers, random, rounds));
        compareSteady(delay, table, steady(clients, brokers, random));
    }

    private Map<String, List<FloodTurn>> flood(
            List<Client<byte[]>> clients, SlowLeader brokers, Random random, int measured) {
        byte[][] values = Values.ofSize(size);
        return Rounds.inTurns(
                clients,
                Client::name,
                client -> FloodTurn.of(client, values, fill, counted, brokers),
                random,
                0,
                measured);
    }

    private Map<String, List<RoundResult>> steady(List<Client<byte[]>> clients, SlowLeader brokers, Random random) {
        byte[][] values = Values.ofSize(size);
        Pace pace = new Pace(rate, rate * steadySeconds);
        return Rounds.inTurns(
                clients,
                Client::name,
                client -> RoundResult.of(client, values, pace, brokers.topics()),
                random,
                0,
                rounds);
    }

    private static void compareFloods(String condition, MeasureTable table, Map<String, List<FloodTurn>> turns) {
        table.print("flood, " + condition, "records/s", 0, turns, FloodTurn::rate);
        table.print("its share there, " + condition, "%", 1, turns, FloodTurn::behindProxy);
    }

    private static void compareSteady(String condition, MeasureTable table, Map<String, List<RoundResult>> turns) {
        table.print("steady p50, " + condition, "us", 0, turns, turn -> turn.micros(50));
        table.print("steady p99, " + condition, "us", 0, turns, turn -> turn.micros(99));
    }

    private void compareKeys(Figures figures, Random random) {
        compareKeys(
                String.format(Locale.ROOT, "largest of %d partitions, Zipf(%s)", KEYS_PARTITIONS, ZIPF),
                List.of("murmur2", "spread"),
                (name, zipf) -> KeyShares.largest(name, zipf, records, KEYS_PARTITIONS),
                figures,
                random);
        compareKeys(
                String.format(Locale.ROOT, "keys moved, %d to %d partitions", KEYS_PARTITIONS, KEYS_PARTITIONS + 1),
                List.of("murmur2", "rendezvous"),
                (name, zipf) -> KeyShares.moved(name, zipf, KEYS_PARTITIONS),
                figures,
                random);
    }

    private void compareKeys(
            String title,
            List<String> names,
            ToDoubleBiFunction<String, ZipfKeys> measure,
            Figures figures,
            Random random) {
        Map<String, List<Double>> values = new HashMap<>();
        for (int round = 0; round < rounds; round++) {
            long seedOfRound = random.nextLong();
            for (String name : names) {
                values.computeIfAbsent(name, first -> new ArrayList<>())
                        .add(measure.applyAsDouble(name, new ZipfKeys(keys, ZIPF, seedOfRound)));
            }
        }
        new MeasureTable(out, names, figures).print(title, "%", 2, values, Double::doubleValue);
    }
}
