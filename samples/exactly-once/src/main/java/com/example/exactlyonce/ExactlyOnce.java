// SPDX-License-Identifier: Apache-2.0
package com.example.exactlyonce;

import io.kurier.Publisher;
import io.kurier.Topic;
import io.kurier.TransactionalSession;
import io.kurier.core.Kurier;
import io.kurier.serializers.json.JsonDeserializer;
import io.kurier.serializers.text.TextDeserializer;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/** Publishes the orders of a file, each of them once, however often the process is killed and restarted. */
public final class ExactlyOnce {
    /** A line of the file. */
    public record Order(String id, String customer, BigDecimal total) {
        static Order of(String line) {
            String[] fields = line.split(",");
            return new Order(fields[0], fields[1], new BigDecimal(fields[2]));
        }
    }

    static final Topic<String, Order> ORDERS = Topic.of("orders", String.class, Order.class);

    /** The number of published lines by the name of the file. */
    static final Topic<String, Integer> PROGRESS = Topic.of("progress", String.class, Integer.class);

    private static final int AT_ONCE = 100;

    private ExactlyOnce() {}

    public static void main(String... args) throws Exception {
        String bootstrap = args.length > 0 ? args[0] : "127.0.0.1:9092";
        Path file = Path.of(args.length > 1 ? args[1] : "orders.csv");
        String name = file.getFileName().toString();
        List<String> lines = Files.readAllLines(file);
        // region session
        try (Publisher publisher = Kurier.builder()
                        .properties(Path.of("kurier.properties"))
                        .set("bootstrap.servers", bootstrap)
                        .topics(ORDERS, PROGRESS)
                        .start();
                TransactionalSession transactions = publisher.transactionalSession(name)) {
            // An earlier process with this id can commit nothing more, so its committed records are final now.
            int published = 0;
            for (ConsumerRecord<String, Integer> progress : read(bootstrap, PROGRESS)) {
                published = progress.key().equals(name) ? progress.value() : published;
            }
            long pid = ProcessHandle.current().pid();
            System.out.printf("process %d begins after line %d%n", pid, published);
            while (published < lines.size()) {
                int to = Math.min(published + AT_ONCE, lines.size());
                List<String> next = lines.subList(published, to);
                CompletableFuture<?> committed = transactions.transaction(transaction -> {
                    for (String line : next) {
                        Order order = Order.of(line);
                        transaction.publish(ORDERS, order.customer(), order);
                    }
                    transaction.publish(PROGRESS, name, to);
                    return null;
                });
                committed.join();
                published = to;
                System.out.printf("published to line %d of %d%n", published, lines.size());
            }
        }
        // endregion
        List<ConsumerRecord<String, Order>> stored = read(bootstrap, ORDERS);
        long different = stored.stream().map(ConsumerRecord::value).distinct().count();
        System.out.printf("%d orders are stored, %d different ones%n", stored.size(), different);
    }

    /**
     * Returns the committed records up to the end of the log. If another file's transaction is open, it waits for its
     * end.
     */
    private static <V> List<ConsumerRecord<String, V>> read(String bootstrap, Topic<String, V> topic) throws Exception {
        TopicPartition all = new TopicPartition(topic.alias(), 0);
        Map<String, Object> config = Map.of("bootstrap.servers", bootstrap, "isolation.level", "read_committed");
        List<ConsumerRecord<String, V>> records = new ArrayList<>();
        try (var admin = Admin.create(Map.of("bootstrap.servers", bootstrap));
                var consumer = new KafkaConsumer<>(
                        config, new TextDeserializer(), new JsonDeserializer<>(topic.valueType()))) {
            var ends = admin.listOffsets(Map.of(all, OffsetSpec.latest())).all().get();
            consumer.assign(List.of(all));
            consumer.seekToBeginning(List.of(all));
            while (consumer.position(all) < ends.get(all).offset()) {
                consumer.poll(Duration.ofSeconds(1)).forEach(records::add);
            }
        }
        return records;
    }
}
