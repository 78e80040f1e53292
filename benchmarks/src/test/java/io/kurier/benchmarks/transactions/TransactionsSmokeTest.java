// SPDX-License-Identifier: Apache-2.0
package io.kurier.benchmarks.transactions;

import static org.assertj.core.api.Assertions.assertThat;

import io.kurier.benchmarks.CommittedRecords;
import io.kurier.benchmarks.Topics;
import io.kurier.broker.LocalBroker;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** The run that takes minutes, with a few records, and the count on which it relies. */
class TransactionsSmokeTest {

    @Test
    void everyCandidateIsInEachTable() {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
        try (LocalBroker broker = LocalBroker.start()) {
            int exit = new CommandLine(new TransactionsBenchmark(out)).execute(broker.bootstrapServers(), "--smoke");
            assertThat(exit).isZero();
        }
        String report = printed.toString(StandardCharsets.UTF_8);
        assertThat(report)
                .containsSubsequence(
                        "kafka-clients",
                        "compression.type=lz4",
                        "--seed",
                        "100 B, 3 transactions of 100",
                        "transactions/s",
                        "KafkaProducer ",
                        "KafkaTemplate ",
                        "Publisher ",
                        "100 B, 3 transactions of 1,000",
                        "Publisher ",
                        "1,000 B, 3 transactions of 100",
                        "1,000 B, 3 transactions of 1,000",
                        "Publisher ");
    }

    @Test
    void onlyWhatIsCommittedCounts() {
        try (LocalBroker broker = LocalBroker.start();
                Topics topics = new Topics(broker.bootstrapServers());
                KafkaProducer<String, String> producer = new KafkaProducer<>(
                        Map.of("bootstrap.servers", broker.bootstrapServers(), "transactional.id", "count"),
                        new StringSerializer(),
                        new StringSerializer())) {
            topics.create(List.of("count"));
            CommittedRecords committed = new CommittedRecords(broker.bootstrapServers(), topics);
            producer.initTransactions();

            send(producer, 5);
            producer.commitTransaction();
            assertThat(committed.of("count")).isEqualTo(5);

            send(producer, 7);
            producer.abortTransaction();
            assertThat(committed.of("count")).isEqualTo(5);

            send(producer, 2);
            producer.commitTransaction();
            assertThat(committed.of("count")).isEqualTo(7);
        }
    }

    private static void send(KafkaProducer<String, String> producer, int records) {
        producer.beginTransaction();
        for (int i = 0; i < records; i++) {
            producer.send(new ProducerRecord<>("count", "value"));
        }
    }
}
