// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.kurier.broker.ClusterAdmin;
import io.kurier.broker.LocalBroker;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The ledger says what was sent; a plain producer writes something else to the topic. */
class ReadBackTest {
    private static final String TEXT = Format.TEXT.topic();
    private static LocalBroker broker;
    private static KafkaProducer<byte[], byte[]> producer;

    private final Ledger ledger = new Ledger();
    private ReadBack readBack;

    @BeforeAll
    static void startBrokerWithTheTopicsOfAllFormats() throws Exception {
        broker = LocalBroker.start();
        try (ClusterAdmin admin = ClusterAdmin.connect(broker.clientProperties())) {
            for (Format format : Format.values()) {
                admin.createTopic(format.topic(), 1);
            }
        }
        producer = new KafkaProducer<>(
                Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        for (Format format : Format.values()) {
            store(format.topic(), "from before the demo");
        }
    }

    @AfterAll
    static void stopBroker() {
        producer.close();
        broker.close();
    }

    @BeforeEach
    void noteTheEnds() {
        readBack = new ReadBack(broker.bootstrapServers(), DemoListener.NONE);
    }

    @AfterEach
    void closeReader() {
        readBack.close();
    }

    @Test
    void findsWhatWasSentAndLeavesOutWhatWasThereBefore() throws Exception {
        send("one", "one");
        send("two", "two");
        assertThat(differences()).isEmpty();
    }

    @Test
    void findsAFlippedByte() throws Exception {
        send("one", "ond");
        assertThat(differences()).singleElement().asString().endsWith("not the value that was sent");
    }

    @Test
    void findsTwoRecordsThatHaveChangedPlaces() throws Exception {
        send("one", "two");
        send("two", "one");
        assertThat(differences()).hasSize(2).allMatch(difference -> difference.endsWith("not the value that was sent"));
    }

    @Test
    void findsADuplicate() throws Exception {
        send("one", "one");
        store(TEXT, "one");
        assertThat(differences()).singleElement().asString().endsWith("a record that this demo did not send");
    }

    @Test
    void findsALossAtTheEndOfTheTopic() throws Exception {
        long last = send("one", "one");
        ledger.sent(0, last + 1, ContentHash.of("two"));
        assertThat(differences()).containsExactly("partition 0, offset " + (last + 1) + ": sent and not found");
    }

    @Test
    void findsALossOfEverything() {
        ledger.sent(0, 1_000_000, ContentHash.of("one"));
        assertThat(differences()).containsExactly("partition 0, offset 1000000: sent and not found");
    }

    @Test
    void findsBytesThatAreNoText() throws Exception {
        long offset = store(TEXT, new byte[] {'o', (byte) 0xFF, 'e'});
        ledger.sent(0, offset, ContentHash.of("one"));
        assertThat(differences()).singleElement().asString().endsWith("it cannot be deserialized");
    }

    @Test
    void findsAValueThatBecameATombstone() throws Exception {
        long offset = store(TEXT, (byte[]) null);
        ledger.sent(0, offset, ContentHash.of("one"));
        assertThat(differences()).singleElement().asString().endsWith("not the value that was sent");
    }

    @Test
    void findsJsonThatMeansSomethingElse() throws Exception {
        String topic = Format.JSON.topic();
        ledger.sent(0, store(topic, "{\"b\": 2, \"a\": 1.0}"), ContentHash.of(Map.of("a", 1, "b", 2)));
        ledger.sent(0, store(topic, "{\"a\": \"1\", \"b\": 2}"), ContentHash.of(Map.of("a", 1, "b", 2)));
        assertThat(readBack.check(Format.JSON, ledger, Format.JSON.verifier()))
                .singleElement()
                .asString()
                .endsWith("not the value that was sent");
    }

    private List<String> differences() {
        return readBack.check(Format.TEXT, ledger, Format.TEXT.verifier());
    }

    private long send(String claimed, String actual) throws Exception {
        long offset = store(TEXT, actual);
        ledger.sent(0, offset, ContentHash.of(claimed));
        return offset;
    }

    private static long store(String topic, String value) throws Exception {
        return store(topic, value.getBytes(UTF_8));
    }

    private static long store(String topic, byte @org.jspecify.annotations.Nullable [] value) throws Exception {
        return producer.send(new ProducerRecord<>(topic, 0, null, value)).get().offset();
    }
}
