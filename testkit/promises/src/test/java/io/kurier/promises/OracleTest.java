// SPDX-License-Identifier: Apache-2.0
package io.kurier.promises;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kurier.Outcome;
import io.kurier.broker.LocalBroker;
import io.kurier.promises.Entry.Answer;
import io.kurier.promises.Entry.Ended;
import io.kurier.promises.Entry.Ending;
import io.kurier.promises.Entry.Failed;
import io.kurier.promises.Entry.Intent;
import io.kurier.promises.Entry.Receipted;
import io.kurier.promises.Entry.Resolved;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The oracle sees what it is there to see: each fault is planted in a real topic, and found as what it is. */
@Timeout(120)
class OracleTest {
    private static final LocalBroker BROKER = LocalBroker.start();

    private final Random random = new Random(1);

    @TempDir
    Path directory;

    private String topic = "";
    private String otherTopic = "";
    private Ledger ledger;
    private KafkaProducer<String, String> producer;

    @AfterAll
    static void stop() {
        BROKER.close();
    }

    @BeforeEach
    void open(TestInfo test) throws Exception {
        topic = test.getTestMethod().orElseThrow().getName();
        otherTopic = topic + "-other";
        try (Admin admin = Admin.create(Map.copyOf(BROKER.clientProperties()))) {
            admin.createTopics(List.of(new NewTopic(topic, 2, (short) 1), new NewTopic(otherTopic, 2, (short) 1)))
                    .all()
                    .get();
        }
        ledger = Ledger.begin(directory, 1);
        producer = producer(Map.of());
    }

    @AfterEach
    void close() throws Exception {
        producer.close();
        ledger.close();
    }

    // ---- all is well

    @Test
    void isContentWithWhatIsAsItWasTold() throws Exception {
        publishFour();
        MessageId refused = message(4);
        announce(refused);
        ledger.write(new Failed(refused, Outcome.REJECTED, null));
        MessageId unknownAndStored = message(5);
        Place found = put(unknownAndStored, announce(unknownAndStored));
        ledger.write(new Failed(unknownAndStored, Outcome.UNKNOWN, null));
        ledger.write(new Resolved(unknownAndStored, Answer.STORED, found));
        MessageId unknownAndNotStored = message(6);
        announce(unknownAndNotStored);
        ledger.write(new Failed(unknownAndNotStored, Outcome.UNKNOWN, null));
        ledger.write(new Resolved(unknownAndNotStored, Answer.NOT_STORED, null));
        MessageId withoutAnOutcome = message(7);
        put(withoutAnOutcome, announce(withoutAnOutcome));
        announce(message(8));

        Report report = report();
        assertThat(report.counts()).as("%s", report).isEmpty();
        assertThat(report.messages()).isEqualTo(9);
        assertThat(report.mustBeStored()).isEqualTo(5);
        assertThat(report.mustNotBeStored()).isEqualTo(2);
        assertThat(report.open()).isEqualTo(2);
        assertThat(report.records()).isEqualTo(6);
        assertThat(report).asString().contains("lost 0 twice 0 reordered 0 misreported 0 altered 0 astray 0");
    }

    @Test
    void readsOnlyWhatIsCommitted() throws Exception {
        try (KafkaProducer<String, String> owner = producer(Map.of("transactional.id", topic))) {
            owner.initTransactions();
            MessageId aborted = new MessageId(topic, "k", 0, "1");
            String value = announce(aborted);
            owner.beginTransaction();
            put(owner, aborted, value);
            owner.abortTransaction();
            ledger.write(new Ended("1", Ending.ABORTED));
            MessageId committed = new MessageId(topic, "k", 0, "2");
            String again = announce(committed);
            owner.beginTransaction();
            put(owner, committed, again);
            owner.commitTransaction();
            ledger.write(new Ended("2", Ending.COMMITTED));
        }
        Report report = report();
        assertThat(report.counts()).as("%s", report).isEmpty();
        assertThat(report.records()).isEqualTo(1);
    }

    // ---- what is planted is found

    @Test
    void findsALoss() throws Exception {
        publishFour();
        announce(message(4));
        ledger.write(new Receipted(message(4), new Place(topic, 0, 4)));
        assertOnly(Fault.LOST, message(4));
    }

    @Test
    void findsACommittedMessageThatIsNotThere() throws Exception {
        MessageId committed = new MessageId(topic, "k", 0, "1");
        announce(committed);
        ledger.write(new Ended("1", Ending.COMMITTED));
        assertOnly(Fault.LOST, committed);
    }

    @Test
    void findsADuplicate() throws Exception {
        publishFour();
        MessageId doubled = message(4);
        String value = announce(doubled);
        ledger.write(new Receipted(doubled, put(doubled, value)));
        put(doubled, value);
        assertOnly(Fault.TWICE, doubled);
    }

    @Test
    void findsTwoAttemptsThatAreBothStored() throws Exception {
        for (String attempt : List.of("1", "2")) {
            MessageId message = new MessageId(topic, "k", 0, attempt);
            put(message, announce(message));
        }
        assertOnly(Fault.TWICE, new MessageId(topic, "k", 0, "2"));
    }

    @Test
    void findsASwap() throws Exception {
        String first = announce(message(0));
        String second = announce(message(1));
        Place placeOfSecond = put(message(1), second);
        Place placeOfFirst = put(message(0), first);
        ledger.write(new Receipted(message(0), placeOfFirst));
        ledger.write(new Receipted(message(1), placeOfSecond));
        assertOnly(Fault.REORDERED, message(0));
    }

    @Test
    void findsAKeyInTwoPartitions() throws Exception {
        publishFour();
        MessageId moved = message(4);
        String value = announce(moved);
        ledger.write(new Receipted(moved, put(producer, topic, 1, "k", value)));
        assertOnly(Fault.REORDERED, moved);
    }

    @Test
    void findsAFlippedByteWhereverItIs() throws Exception {
        int length = message(0).value(new Random(2), 0).length();
        for (int i = 0; i < length; i++) {
            MessageId flipped = message(i);
            char[] characters = announce(flipped).toCharArray();
            characters[i % characters.length] ^= 1;
            ledger.write(new Receipted(flipped, put(flipped, new String(characters))));
        }
        Report report = report();
        assertThat(report.counts()).as("%s", report).isEqualTo(Map.of(Fault.ALTERED, length));
    }

    @Test
    void findsAnotherKeyThanThatOfTheMessage() throws Exception {
        MessageId message = message(0);
        ledger.write(new Receipted(message, put(producer, topic, 0, "K", announce(message))));
        assertOnly(Fault.ALTERED, message);
    }

    @Test
    void findsARecordThatNobodyPublished() throws Exception {
        publishFour();
        put(message(4), message(4).value(random, 0));
        Report report = report();
        assertThat(report.counts()).as("%s", report).isEqualTo(Map.of(Fault.ALTERED, 1));
        assertThat(report).asString().contains("what nobody has published");
    }

    @Test
    void findsARecordInTheWrongTopic() throws Exception {
        publishFour();
        MessageId astray = message(4);
        put(producer, otherTopic, 0, "k", announce(astray));
        assertOnly(Fault.ASTRAY, astray);
    }

    @Test
    void findsARefusedMessageThatIsStored() throws Exception {
        publishFour();
        MessageId refused = message(4);
        put(refused, announce(refused));
        ledger.write(new Failed(refused, Outcome.NOT_STORED, null));
        assertOnly(Fault.MISREPORTED, refused);
    }

    @Test
    void findsAnAbortedMessageThatIsStored() throws Exception {
        MessageId aborted = new MessageId(topic, "k", 0, "1");
        put(aborted, announce(aborted));
        ledger.write(new Ended("1", Ending.ABORTED));
        assertOnly(Fault.MISREPORTED, aborted);
    }

    @Test
    void findsAReceiptThatNamesAnotherPlace() throws Exception {
        MessageId message = message(0);
        Place place = put(message, announce(message));
        ledger.write(new Receipted(message, new Place(topic, place.partition(), place.offset() + 1)));
        assertOnly(Fault.MISREPORTED, message);
    }

    @Test
    void findsASearchThatSaysStoredOfWhatIsNot() throws Exception {
        announce(message(0));
        ledger.write(new Failed(message(0), Outcome.UNKNOWN, null));
        ledger.write(new Resolved(message(0), Answer.STORED, new Place(topic, 0, 0)));
        assertOnly(Fault.MISREPORTED, message(0));
    }

    @Test
    void findsASearchThatSaysNotStoredOfWhatIs() throws Exception {
        put(message(0), announce(message(0)));
        ledger.write(new Failed(message(0), Outcome.UNKNOWN, null));
        ledger.write(new Resolved(message(0), Answer.NOT_STORED, null));
        assertOnly(Fault.MISREPORTED, message(0));
    }

    @Test
    void refusesLedgersThatTellAnOutcomeOfWhatWasNeverIntended() {
        ledger.write(new Failed(message(0), Outcome.UNKNOWN, null));
        assertThatThrownBy(this::report).hasMessageContaining("an outcome of " + message(0) + " and no intent");
    }

    // ---- planting

    private void assertOnly(Fault fault, MessageId message) throws Exception {
        Report report = report();
        assertThat(report.counts()).as("%s", report).isEqualTo(Map.of(fault, 1));
        assertThat(report).asString().contains(fault + ": ").contains(message.toString());
    }

    private Report report() throws Exception {
        Oracle oracle = Oracle.of(directory);
        TopicReader.read(BROKER.bootstrapServers(), List.of(topic, otherTopic), oracle::read);
        return oracle.report();
    }

    private void publishFour() {
        LongStream.range(0, 4).mapToObj(this::message).forEach(message -> {
            String value = announce(message);
            ledger.write(new Receipted(message, put(message, value)));
        });
    }

    private MessageId message(long number) {
        return new MessageId(topic, "k", number, MessageId.ONLY);
    }

    private String announce(MessageId message) {
        String value = message.value(random, 0);
        ledger.write(new Intent(message, Digest.of(value)));
        return value;
    }

    private Place put(MessageId message, String value) {
        return put(producer, message, value);
    }

    private Place put(KafkaProducer<String, String> by, MessageId message, String value) {
        return put(by, message.topic(), 0, message.key(), value);
    }

    private static Place put(KafkaProducer<String, String> by, String topic, int partition, String key, String value) {
        try {
            RecordMetadata metadata =
                    by.send(new ProducerRecord<>(topic, partition, key, value)).get();
            return new Place(metadata.topic(), metadata.partition(), metadata.offset());
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static KafkaProducer<String, String> producer(Map<String, String> more) {
        Map<String, Object> keys = new HashMap<>(BROKER.clientProperties());
        keys.putAll(more);
        return new KafkaProducer<>(keys, new StringSerializer(), new StringSerializer());
    }
}
