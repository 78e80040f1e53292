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
import io.kurier.promises.Entry.Receipted;
import io.kurier.promises.Entry.Resolved;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The oracle detects every fault: each is planted in a real topic, and found as what it is. */
@Timeout(120)
class OracleTest {
    private static final LocalBroker BROKER = LocalBroker.start();

    private final Random random = new Random(1);

    @TempDir
    Path directory;

    private String topic = "";
    private Plant plant;

    @AfterAll
    static void stop() {
        BROKER.close();
    }

    @BeforeEach
    void open(TestInfo test) throws Exception {
        topic = test.getTestMethod().orElseThrow().getName();
        plant = Plant.begin(BROKER, directory, topic);
    }

    @AfterEach
    void close() throws Exception {
        plant.close();
    }

    // ---- all is well

    @Test
    void isContentWithWhatIsAsItWasTold() throws Exception {
        plant.publishFour();
        MessageId refused = plant.message(4);
        plant.announce(refused);
        plant.write(new Failed(refused, Outcome.REJECTED, null));
        MessageId unknownAndStored = plant.message(5);
        Place found = plant.put(unknownAndStored, plant.announce(unknownAndStored));
        plant.write(new Failed(unknownAndStored, Outcome.UNKNOWN, null));
        plant.write(new Resolved(unknownAndStored, Answer.STORED, found));
        MessageId unknownAndNotStored = plant.message(6);
        plant.announce(unknownAndNotStored);
        plant.write(new Failed(unknownAndNotStored, Outcome.UNKNOWN, null));
        plant.write(new Resolved(unknownAndNotStored, Answer.NOT_STORED, null));
        MessageId withoutAnOutcome = plant.message(7);
        plant.put(withoutAnOutcome, plant.announce(withoutAnOutcome));
        plant.announce(plant.message(8));

        Report report = plant.report();
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
        try (KafkaProducer<String, String> owner = plant.producer(Map.of("transactional.id", topic))) {
            owner.initTransactions();
            MessageId aborted = new MessageId(topic, "k", 0, "1");
            String value = plant.announce(aborted);
            owner.beginTransaction();
            Plant.put(owner, new ProducerRecord<>(topic, 0, "k", value));
            owner.abortTransaction();
            plant.write(new Ended("1", Ending.ABORTED));
            MessageId committed = new MessageId(topic, "k", 0, "2");
            String again = plant.announce(committed);
            owner.beginTransaction();
            Plant.put(owner, new ProducerRecord<>(topic, 0, "k", again));
            owner.commitTransaction();
            plant.write(new Ended("2", Ending.COMMITTED));
        }
        Report report = plant.report();
        assertThat(report.counts()).as("%s", report).isEmpty();
        assertThat(report.records()).isEqualTo(1);
    }

    // ---- what is planted is found

    @Test
    void findsALoss() throws Exception {
        plant.publishFour();
        plant.announce(plant.message(4));
        plant.write(new Receipted(plant.message(4), new Place(topic, 0, 4)));
        assertOnly(Fault.LOST, plant.message(4));
    }

    @Test
    void findsACommittedMessageThatIsNotThere() throws Exception {
        MessageId committed = new MessageId(topic, "k", 0, "1");
        plant.announce(committed);
        plant.write(new Ended("1", Ending.COMMITTED));
        assertOnly(Fault.LOST, committed);
    }

    @Test
    void findsADuplicate() throws Exception {
        plant.publishFour();
        MessageId doubled = plant.message(4);
        String value = plant.announce(doubled);
        plant.write(new Receipted(doubled, plant.put(doubled, value)));
        plant.put(doubled, value);
        assertOnly(Fault.TWICE, doubled);
    }

    @Test
    void findsTwoAttemptsThatAreBothStored() throws Exception {
        for (String attempt : List.of("1", "2")) {
            MessageId message = new MessageId(topic, "k", 0, attempt);
            plant.put(message, plant.announce(message));
        }
        assertOnly(Fault.TWICE, new MessageId(topic, "k", 0, "2"));
    }

    @Test
    void findsASwap() throws Exception {
        String first = plant.announce(plant.message(0));
        String second = plant.announce(plant.message(1));
        Place placeOfSecond = plant.put(plant.message(1), second);
        Place placeOfFirst = plant.put(plant.message(0), first);
        plant.write(new Receipted(plant.message(0), placeOfFirst));
        plant.write(new Receipted(plant.message(1), placeOfSecond));
        assertOnly(Fault.REORDERED, plant.message(0));
    }

    @Test
    void findsAKeyInTwoPartitions() throws Exception {
        plant.publishFour();
        MessageId moved = plant.message(4);
        String value = plant.announce(moved);
        plant.write(new Receipted(moved, plant.put(topic, 1, "k", value)));
        assertOnly(Fault.REORDERED, moved);
    }

    @Test
    void findsAFlippedByteWhereverItIs() throws Exception {
        int length = plant.message(0).value(new Random(2), 0).length();
        for (int i = 0; i < length; i++) {
            MessageId flipped = plant.message(i);
            char[] characters = plant.announce(flipped).toCharArray();
            characters[i % characters.length] ^= 1;
            plant.write(new Receipted(flipped, plant.put(flipped, new String(characters))));
        }
        Report report = plant.report();
        assertThat(report.counts()).as("%s", report).isEqualTo(Map.of(Fault.ALTERED, length));
    }

    @Test
    void findsAnotherKeyThanThatOfTheMessage() throws Exception {
        MessageId message = plant.message(0);
        plant.write(new Receipted(message, plant.put(topic, 0, "K", plant.announce(message))));
        assertOnly(Fault.ALTERED, message);
    }

    @Test
    void findsARecordThatNobodyPublished() throws Exception {
        plant.publishFour();
        plant.put(plant.message(4), plant.message(4).value(random, 0));
        Report report = plant.report();
        assertThat(report.counts()).as("%s", report).isEqualTo(Map.of(Fault.ALTERED, 1));
        assertThat(report).asString().contains("what nobody has published");
    }

    @Test
    void findsARecordInTheWrongTopic() throws Exception {
        plant.publishFour();
        MessageId astray = plant.message(4);
        plant.put(plant.otherTopic(), 0, "k", plant.announce(astray));
        assertOnly(Fault.ASTRAY, astray);
    }

    @Test
    void findsARefusedMessageThatIsStored() throws Exception {
        plant.publishFour();
        MessageId refused = plant.message(4);
        plant.put(refused, plant.announce(refused));
        plant.write(new Failed(refused, Outcome.NOT_STORED, null));
        assertOnly(Fault.MISREPORTED, refused);
    }

    @Test
    void findsAnAbortedMessageThatIsStored() throws Exception {
        MessageId aborted = new MessageId(topic, "k", 0, "1");
        plant.put(aborted, plant.announce(aborted));
        plant.write(new Ended("1", Ending.ABORTED));
        assertOnly(Fault.MISREPORTED, aborted);
    }

    @Test
    void findsAReceiptThatNamesAnotherPlace() throws Exception {
        MessageId message = plant.message(0);
        Place place = plant.put(message, plant.announce(message));
        plant.write(new Receipted(message, new Place(topic, place.partition(), place.offset() + 1)));
        assertOnly(Fault.MISREPORTED, message);
    }

    @Test
    void findsASearchThatSaysStoredOfWhatIsNot() throws Exception {
        plant.announce(plant.message(0));
        plant.write(new Failed(plant.message(0), Outcome.UNKNOWN, null));
        plant.write(new Resolved(plant.message(0), Answer.STORED, new Place(topic, 0, 0)));
        assertOnly(Fault.MISREPORTED, plant.message(0));
    }

    @Test
    void findsASearchThatSaysNotStoredOfWhatIs() throws Exception {
        plant.put(plant.message(0), plant.announce(plant.message(0)));
        plant.write(new Failed(plant.message(0), Outcome.UNKNOWN, null));
        plant.write(new Resolved(plant.message(0), Answer.NOT_STORED, null));
        assertOnly(Fault.MISREPORTED, plant.message(0));
    }

    @Test
    void refusesLedgersThatTellAnOutcomeOfWhatWasNeverIntended() {
        plant.write(new Failed(plant.message(0), Outcome.UNKNOWN, null));
        assertThatThrownBy(plant::report).hasMessageContaining("an outcome of " + plant.message(0) + " and no intent");
    }

    private void assertOnly(Fault fault, MessageId message) throws Exception {
        Report report = plant.report();
        assertThat(report.counts()).as("%s", report).isEqualTo(Map.of(fault, 1));
        assertThat(report).asString().contains(fault + ": ").contains(message.toString());
    }
}
