// SPDX-License-Identifier: Apache-2.0
package io.kurier.benchmarks.defaults;

import io.kurier.Topic;
import io.kurier.benchmarks.MeasuredBroker;
import io.kurier.benchmarks.Topics;
import io.kurier.benchmarks.clients.Client;
import io.kurier.benchmarks.clients.Clients;
import io.kurier.benchmarks.clients.KafkaClient;
import io.kurier.benchmarks.clients.KurierClient;
import io.kurier.benchmarks.clients.SpringClient;
import io.kurier.benchmarks.rounds.Flood;
import io.kurier.benchmarks.rounds.RoundsOptions;
import io.kurier.core.internal.config.Profile;
import java.io.PrintStream;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.StringSerializer;
import org.springframework.kafka.support.serializer.JacksonJsonSerializer;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Publishes objects as JSON by all candidates in turns, each with its default settings, against a broker in another
 * process.
 */
@Command(name = "benchmarks/run defaults", sortOptions = false)
public final class DefaultsBenchmark implements Callable<Integer> {
    private static final int PARTITIONS = 6;
    private static final int RECORDS = 200_000;
    private static final int SMOKE_RECORDS = 2_000;

    private final PrintStream out;

    @Parameters(index = "0", arity = "0..1", hidden = true)
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

    /** Runs the benchmark. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new DefaultsBenchmark(System.out)).execute(args));
    }

    @Override
    public Integer call() {
        Order[] orders = Orders.make();
        int records = options.smoke() ? SMOKE_RECORDS : RECORDS;
        try (MeasuredBroker broker = MeasuredBroker.start(out, bootstrap);
                Topics topics = new Topics(broker.bootstrapServers(), PARTITIONS);
                Clients<Order> clients = clients(broker.bootstrapServers(), topics)) {
            options.begin(out, settings());
            out.println(Orders.inWords(orders));
            String title = String.format(Locale.ROOT, "JSON, %,d records a turn", records);
            List<Flood<Order>> candidates = clients.all().stream()
                    .map(client -> new Flood<>(client, false))
                    .toList();
            options.table(out, title, candidates, topics, orders, records);
            Map<String, List<Double>> disk =
                    new DiskSpace(topics, options.random()).measure(clients.all(), orders, records);
            DiskSpace.print(
                    out,
                    options.figures(),
                    clients.all().stream().map(Client::name).toList(),
                    disk);
        }
        return 0;
    }

    /**
     * Creates the clients with only the address and the serializers set, and also with each profile if that is
     * requested.
     */
    private Clients<Order> clients(String address, Topics topics) {
        Map<String, Object> config = Map.of("bootstrap.servers", address);
        topics.create(List.of("raw", "spring", "kurier"));
        Clients<Order> clients = new Clients<>();
        clients.add(new KafkaClient<>("raw", config, new StringSerializer(), new OrderJson(), Order::customer));
        clients.add(new SpringClient<>(
                "spring", config, new StringSerializer(), new JacksonJsonSerializer<>(), Order::customer));
        clients.add(publisher("Publisher", address, "kurier", Map.of()));
        for (Profile profile : profiles ? Profile.values() : new Profile[0]) {
            String word = profile.name().toLowerCase(Locale.ROOT);
            String topic = "kurier-" + word;
            topics.create(List.of(topic));
            clients.add(publisher("Publisher, profile=" + word, address, topic, Map.of("profile", word)));
        }
        return clients;
    }

    private static Client<Order> publisher(String name, String address, String topic, Map<String, String> more) {
        Map<String, String> config = new HashMap<>(more);
        config.put("bootstrap.servers", address);
        config.put("topics." + topic + ".value.serializer", "json");
        return new KurierClient<>(name, Topic.of(topic, String.class, Order.class), config, Order::customer);
    }

    /** Returns the settings that differ between the candidates by default. */
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
