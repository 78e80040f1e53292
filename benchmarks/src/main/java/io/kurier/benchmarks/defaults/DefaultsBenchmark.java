// SPDX-License-Identifier: Apache-2.0
package io.kurier.benchmarks.defaults;

import io.kurier.benchmarks.Topics;
import io.kurier.benchmarks.rounds.RoundsOptions;
import io.kurier.core.internal.config.Profile;
import java.io.PrintStream;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.producer.ProducerConfig;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Objects as JSON by all candidates in turns, each as it is out of the box, against a broker in another process. */
@Command(name = "benchmarks/run defaults", sortOptions = false)
public final class DefaultsBenchmark implements Callable<Integer> {
    private static final int PARTITIONS = 6;
    private static final int RECORDS = 200_000;
    private static final int SMOKE_RECORDS = 2_000;

    private final PrintStream out;

    @Parameters(index = "0", hidden = true)
    private String bootstrap = "";

    @Mixin
    private RoundsOptions options = new RoundsOptions();

    @Option(names = "--profiles", description = "Each profile of Kurier as a row too.")
    private boolean profiles;

    @Option(names = "--help", usageHelp = true, description = "Prints this.")
    private boolean help;

    DefaultsBenchmark(PrintStream out) {
        this.out = out;
    }

    /** Runs it. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new DefaultsBenchmark(System.out)).execute(args));
    }

    @Override
    public Integer call() {
        Order[] orders = Orders.make();
        options.begin(out, settings());
        out.println(Orders.inWords(orders));
        int records = options.smoke() ? SMOKE_RECORDS : RECORDS;
        try (Topics topics = new Topics(bootstrap, PARTITIONS);
                DefaultsCandidates candidates = DefaultsCandidates.start(bootstrap, topics, profiles)) {
            String title = String.format(Locale.ROOT, "JSON, %,d records a turn", records);
            options.table(out, title, candidates.all(), topics, orders, records);
        }
        return 0;
    }

    /** What differs between the candidates, though nobody has set it. */
    private static String settings() {
        Map<String, Object> kurier = new TreeMap<>(Profile.BALANCED.producerKeys());
        Map<String, Object> kafka = new TreeMap<>();
        kurier.keySet()
                .forEach(key -> kafka.put(
                        key, ProducerConfig.configDef().defaultValues().get(key)));
        return "all: acks=all and enable.idempotence=true, which are Kafka's defaults, too; " + PARTITIONS
                + " partitions\nKafkaProducer and KafkaTemplate: Kafka's defaults, " + inWords(kafka)
                + "\nPublisher: its defaults, " + inWords(kurier);
    }

    private static String inWords(Map<String, Object> settings) {
        StringBuilder words = new StringBuilder();
        settings.forEach((key, value) ->
                words.append(words.isEmpty() ? "" : " ").append(key).append('=').append(value));
        return words.toString();
    }
}
