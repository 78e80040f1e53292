// SPDX-License-Identifier: Apache-2.0
package com.example.payroll;

import io.kurier.Publisher;
import io.kurier.Topic;
import io.kurier.core.Kurier;
import io.kurier.guards.encrypt.DecryptingDeserializers;
import io.kurier.serializers.json.JsonDeserializer;
import io.kurier.serializers.text.TextDeserializer;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/** Publishes salaries, encrypted, and reads them with the key. */
public final class Payroll {
    /** The value of the topic. */
    public record Salary(String employee, long cents) {}

    static final Topic<String, Salary> SALARIES = Topic.of("salaries", String.class, Salary.class);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final int KEY_BYTES = 32;

    private Payroll() {}

    /** Takes the address of a broker. */
    public static void main(String[] arguments) {
        byte[] key = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(key);
        String secret = Base64.getEncoder().encodeToString(key);
        publish(arguments[0], secret, List.of(new Salary("ada", 700_000), new Salary("grace", 710_000)));
        System.out.println(read(arguments[0], secret));
    }

    // region publish
    static void publish(String bootstrap, String secret, List<Salary> salaries) {
        Map<String, String> config = Map.of(
                "bootstrap.servers", bootstrap,
                "topics.management", "create",
                "topics.salaries.partitions", "1",
                "topics.salaries.key.serializer", "text",
                "topics.salaries.value.serializer", "json",
                "topics.salaries.guards", "encrypt",
                "topics.salaries.guard.encrypt.key.source", "company",
                "topics.salaries.guard.encrypt.key.source.secret", secret);
        try (Publisher publisher = Kurier.start(config, SALARIES)) {
            salaries.stream()
                    .map(salary -> publisher.publish(SALARIES, salary.employee(), salary))
                    .toList()
                    .forEach(CompletableFuture::join);
        }
    }
    // endregion

    // region read
    static List<Salary> read(String bootstrap, String secret) {
        var decrypting = DecryptingDeserializers.of(
                Map.of("encrypt.key.source", "company", "encrypt.key.source.secret", secret),
                new TextDeserializer(),
                new JsonDeserializer<>(Salary.class));
        try (var consumer =
                new KafkaConsumer<>(Map.of("bootstrap.servers", bootstrap), decrypting.keys(), decrypting.values())) {
            List<TopicPartition> all = List.of(new TopicPartition(SALARIES.alias(), 0));
            consumer.assign(all);
            consumer.seekToBeginning(all);
            long end = consumer.endOffsets(all).values().iterator().next();
            List<Salary> read = new ArrayList<>();
            while (consumer.position(all.get(0)) < end) {
                for (ConsumerRecord<String, Salary> record : consumer.poll(POLL)) {
                    read.add(record.value());
                }
            }
            return read;
        }
    }
    // endregion
}
