// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host.internal.deadletters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kurier.Outcome;
import io.kurier.PublishException;
import io.kurier.Publisher;
import io.kurier.Receipt;
import io.kurier.Stage;
import io.kurier.core.Kurier;
import io.kurier.plugins.host.internal.records.RecordException;
import io.kurier.spi.Guard;
import io.kurier.spi.GuardPlugin;
import io.kurier.spi.GuardSettings;
import io.kurier.testkit.FakeKafka;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class DeadLetterDestinationsTest {
    private final FakeKafka kafka = new FakeKafka();
    private final Publisher publisher = Kurier.builder()
            .set("bootstrap.servers", "nowhere:9092")
            .set("topics", "dead,sealed")
            .set("topics.sealed.value.serializer", "bytes")
            .set("topics.sealed.guards", "encrypt")
            .guard(new Encrypt())
            .set("topics.dead.key.serializer", "bytes")
            .set("topics.dead.value.serializer", "bytes")
            .set("topics.dead.max.record.bytes", "30000")
            .transport(kafka)
            .start();

    /** Says nothing of only checking. */
    private static final class Encrypt implements GuardPlugin {
        @Override
        public String name() {
            return "encrypt";
        }

        @Override
        public Guard guard(GuardSettings settings) {
            return record -> record.withValue(new byte[0]);
        }
    }

    private final DeadLetterDestinations destinations = new DeadLetterDestinations(publisher);

    @TempDir
    Path folder = Path.of("");

    @AfterEach
    void close() {
        destinations.close();
        publisher.close();
    }

    @Test
    void choosesNothingButTheLogWithoutAKey() {
        assertThat(destinations
                        .of(null, null, "")
                        .accept(Letters.withValue("v"))
                        .toCompletableFuture())
                .isCompleted();
    }

    @Test
    void letsConnectorsShareAFile() throws Exception {
        Path file = folder.resolve("dead.jsonl");
        destinations
                .of(null, file, "")
                .accept(Letters.withValue("1"))
                .toCompletableFuture()
                .join();
        destinations
                .of(null, file, "")
                .accept(Letters.withValue("2"))
                .toCompletableFuture()
                .join();
        assertThat(Files.readAllLines(file)).hasSize(2);
    }

    private Receipt stored(DeadLetter letter) {
        return (Receipt) topic().accept(letter).toCompletableFuture().join();
    }

    private DeadLetters topic() {
        return destinations.of("dead", null, "");
    }

    private ConsumerRecord<byte[], byte[]> only() {
        List<ConsumerRecord<byte[], byte[]>> records = kafka.records("dead");
        assertThat(records).hasSize(1);
        return records.get(0);
    }

    @Test
    void publishesARecordWithConnectsHeaders() {
        stored(Letters.withValue("v"));
        assertThat(only().key()).asString().isEqualTo("key");
        assertThat(only().value()).asString().isEqualTo("v");
        Headers headers = only().headers();
        assertThat(headers)
                .extracting(Header::key)
                .containsExactly(
                        "trace",
                        "__connect.errors.topic",
                        "__connect.errors.connector.name",
                        "__connect.errors.task.id",
                        "__connect.errors.stage",
                        "__connect.errors.class.name",
                        "__connect.errors.exception.class.name",
                        "__connect.errors.exception.message",
                        "__connect.errors.exception.stacktrace",
                        "kurier.source",
                        "kurier.position");
        assertThat(Letters.text(headers, "__connect.errors.topic")).isEqualTo("orders");
        assertThat(Letters.text(headers, "__connect.errors.connector.name")).isEqualTo("csv");
        assertThat(Letters.text(headers, "__connect.errors.task.id")).isEqualTo("3");
        assertThat(Letters.text(headers, "__connect.errors.stage")).isEqualTo("VALUE_CONVERTER");
        assertThat(Letters.text(headers, "__connect.errors.class.name")).isEqualTo(Letters.class.getName());
        assertThat(Letters.text(headers, "__connect.errors.exception.class.name"))
                .isEqualTo(IllegalStateException.class.getName());
        assertThat(Letters.text(headers, "__connect.errors.exception.message")).isEqualTo("no number: x");
        assertThat(Letters.text(headers, "__connect.errors.exception.stacktrace"))
                .contains("it is Friday");
        assertThat(Letters.text(headers, "kurier.source")).isEqualTo("{\"file\":\"/in/a.csv\"}");
        assertThat(Letters.text(headers, "kurier.position")).isEqualTo("{\"position\":17}");
    }

    @Test
    void publishesAPartThatAConnectorRefused() {
        stored(DeadLetter.refused("csv", 0, "/in/a.csv", "line 7", "no text", new byte[] {-1, 0}));
        assertThat(only().key()).isNull();
        assertThat(only().value()).containsExactly(-1, 0);
        assertThat(Letters.text(only().headers(), "kurier.source")).isEqualTo("/in/a.csv");
        assertThat(Letters.text(only().headers(), "kurier.position")).isEqualTo("line 7");
        assertThat(only().headers().lastHeader("__connect.errors.topic")).isNull();
    }

    @Test
    void leavesOutAValueThatIsTooLargeForTheTopic() {
        stored(Letters.withValue("x".repeat(30_000)));
        assertThat(only().key()).asString().isEqualTo("key");
        assertThat(only().value()).isNull();
        assertThat(Letters.text(only().headers(), "kurier.omitted"))
                .isEqualTo("too large for this topic: the value of 30000 bytes");
    }

    @Test
    void leavesOutTheValueIfTheBrokerFindsItTooLarge() {
        kafka.topic("dead").refuse(1, new RecordTooLargeException("as scripted"));
        stored(Letters.withValue("v"));
        assertThat(only().value()).isNull();
    }

    @Test
    void leavesOutAllOfARecordWhoseKeyIsTooLarge() {
        SourceRecord record = new SourceRecord(Map.of(), Map.of(), "orders", null, null, "k".repeat(30_000), null, "v");
        stored(DeadLetter.of(
                "csv",
                0,
                record,
                new PublishException("orders", Stage.SEND, Outcome.NOT_STORED, false, "as scripted", null)));
        assertThat(only().key()).isNull();
        assertThat(Letters.text(only().headers(), "kurier.omitted")).contains("the key and the record's headers");
        assertThat(Letters.text(only().headers(), "__connect.errors.stage")).isEqualTo("KAFKA_PRODUCE");
    }

    @Test
    void failsIfTheDeadLetterIsNotStored() {
        kafka.topic("dead").refuse(1, new TopicAuthorizationException("as scripted"));
        assertThatThrownBy(() -> stored(Letters.withValue("v")))
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(PublishException.class);
        assertThat(kafka.records("dead")).isEmpty();
    }

    @Test
    void publishesExceptionsThatCannotDescribeThemselves() {
        SourceRecord record = new SourceRecord(Map.of(), Map.of(), "orders", null, null, "k", null, "v");
        stored(DeadLetter.of(
                "csv",
                0,
                record,
                new PublishException(
                        "orders", Stage.ENCODE, Outcome.REJECTED, false, "as scripted", new Letters.Hostile())));
        assertThat(Letters.text(only().headers(), "__connect.errors.exception.class.name"))
                .isEqualTo(Letters.Hostile.class.getName());
        assertThat(Letters.text(only().headers(), "__connect.errors.exception.stacktrace"))
                .contains("whose message cannot be read");
    }

    @Test
    void leavesOutTheRecordIfAGuardOfItsTopicChangesRecords() {
        SourceRecord record = new SourceRecord(Map.of("file", "a"), Map.of(), "sealed", null, "secret", null, "secret");
        record.headers().addString("h", "secret");
        DeadLetters letters = topic();
        RecordException why = new RecordException(
                RecordException.Stage.VALUE_CONVERTER, Letters.class, "no secret", new IllegalStateException("secret"));
        letters.accept(DeadLetter.of("csv", 0, record, why))
                .toCompletableFuture()
                .join();
        assertThat(only().key()).isNull();
        assertThat(only().value()).isNull();
        assertThat(Letters.text(only().headers(), "kurier.source")).isEqualTo("{\"file\":\"a\"}");
        assertThat(Letters.text(only().headers(), "__connect.errors.exception.message"))
                .startsWith("java.lang.IllegalStateException; the record and");
        assertThat(only().headers())
                .allSatisfy(header -> assertThat(header.value()).asString().doesNotContain("secret"));
    }

    @Test
    void leavesOutInputOfWhichNoRecordWasMadeForSuchATopic() {
        destinations
                .of("dead", null, "sealed")
                .accept(DeadLetter.refused("csv", 0, "a", "line 7", "secret", new byte[] {1}))
                .toCompletableFuture()
                .join();
        assertThat(only().value()).isNull();
        assertThat(Letters.text(only().headers(), "kurier.position")).isEqualTo("line 7");
    }
}
