// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.publisher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kurier.Message;
import io.kurier.Outcome;
import io.kurier.PublishException;
import io.kurier.Receipt;
import io.kurier.Stage;
import io.kurier.Topic;
import io.kurier.core.testplugins.AsTold;
import io.kurier.core.testplugins.Chunks;
import io.kurier.spi.EncodedRecord;
import io.kurier.spi.Murmur2;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What guards may do to a record, and what becomes of it when they do what they may not. */
@Timeout(30)
class GuardTest {
    private static final Topic<String, String> TOLD = topic("told");
    private static final Topic<String, String> FOUND = topic("found");
    private static final Topic<String, String> SEALED = topic("sealed");
    private static final Topic<String, String> FIRST_SEALED = topic("first-sealed");
    private static final Topic<String, String> STRICT = topic("strict");
    private static final Topic<String, String> WORDS = topic("words");
    private static final Topic<String, String> FREE = topic("free");
    private static final Map<String, String> TOPICS = Map.ofEntries(
            Map.entry("topics", "told,found,sealed,first-sealed,strict,words,free"),
            Map.entry("topics.told.name", "shop-told"),
            Map.entry("topics.told.value.serializer", "text"),
            Map.entry("topics.told.guards", "as-told"),
            Map.entry("topics.found.value.serializer", "text"),
            Map.entry("topics.found.record.id", "true"),
            Map.entry("topics.found.guards", "as-told"),
            Map.entry("topics.sealed.value.serializer", "text"),
            Map.entry("topics.sealed.guards", "as-told, seal"),
            Map.entry("topics.sealed.guard.seal.password", "p"),
            Map.entry("topics.first-sealed.value.serializer", "text"),
            Map.entry("topics.first-sealed.guards", "seal,as-told"),
            Map.entry("topics.first-sealed.guard.seal.password", "p"),
            Map.entry("topics.first-sealed.guard.seal.color", "black"),
            Map.entry("topics.strict.value.serializer", "text"),
            Map.entry("topics.strict.guards", "as-told"),
            Map.entry("topics.strict.required.headers", "tenant, trace"),
            Map.entry("topics.strict.key.required", "true"),
            Map.entry("topics.strict.max.record.bytes", "40"),
            Map.entry("topics.words.value.serializer", "chunks"),
            Map.entry("topics.words.guards", "as-told"),
            Map.entry("topics.words.key.required", "true"),
            Map.entry("topics.free.value.serializer", "text"));

    private final ScriptedTransport transport = new ScriptedTransport();
    private final RoutedPublisher publisher = ScriptedPublishers.over(transport, TOPICS, Duration.ofSeconds(10));

    @BeforeEach
    void forget() {
        AsTold.CALLERS.clear();
    }

    @AfterEach
    void close() {
        publisher.close(Duration.ofSeconds(5));
        assertThat(Chunks.OPEN).as("sequences that nobody closed").hasValue(0);
    }

    /** As one that encrypts keys does: Kafka's own choice, by the new key, would end their order and a join. */
    @Test
    void equalKeysShareAPartitionWhateverAGuardMakesOfThem() {
        for (String key : List.of("customer-7", "customer-8", "customer-9")) {
            int before = transport.taken().size();
            for (int i = 0; i < 20; i++) {
                publisher.publish(TOLD, key, "encrypted").join();
            }
            List<ScriptedTransport.Taken> taken = transport.taken();
            assertThat(taken.subList(before, taken.size()))
                    .hasSize(20)
                    .extracting(ScriptedTransport.Taken::partition)
                    .containsOnly(Murmur2.partition(key.getBytes(UTF_8), 4));
        }
        assertThat(transport.taken())
                .extracting(taken -> new String(requireNonNull(taken.record().key()), UTF_8))
                .doesNotHaveDuplicates();
    }

    @Test
    void aKeyThatAGuardAddsChoosesNoPartition() {
        for (int i = 0; i < 100; i++) {
            publisher.publish(TOLD, null, "encrypted").join();
        }
        assertThat(transport.taken())
                .extracting(ScriptedTransport.Taken::partition)
                .contains(0, 1, 2, 3)
                .allMatch(partition -> partition >= 0);
    }

    @Test
    void aPartitionThatTheMessageNamesStays() {
        publisher.publish(Message.of(TOLD, "k", "encrypted").withPartition(3)).join();
        assertThat(transport.taken())
                .singleElement()
                .extracting(ScriptedTransport.Taken::partition)
                .isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    refused    | the guard as-told refused the record: not this one
                    speechless | the guard as-told refused the record: java.lang.IllegalStateException
                    posing     | the guard as-told refused the record: topic other
                    sneaking   | the guard as-told refused the record: the vault is gone
                    endless    | the guard as-told refused the record: java.lang.StackOverflowError
                    unlinked   | the guard as-told refused the record: java.lang.NoClassDefFoundError: org/example/Vault
                    headless   | the guard as-told refused the record: headers
                    nothing    | the guard as-told answered no record; have it answer the one to send, or throw to refuse it
                    elsewhere  | the guard as-told answered a record of another topic; have it answer one of the topic
                    """)
    void rejectsWhatItsGuardDoesNotLetPass(String word, String reason) {
        for (CompletableFuture<Receipt> future :
                List.of(publisher.publish(TOLD, "k", word), publisher.tryPublish(TOLD, "k", word))) {
            PublishException refused = failure(future);

            assertThat(refused).hasMessageStartingWith("topic told").hasMessageContaining(reason);
            assertThat(refused.stage()).isEqualTo(Stage.GUARD);
            assertThat(refused.outcome()).isEqualTo(Outcome.REJECTED);
            assertThat(refused.retriable()).isFalse();
            if (reason.contains("refused")) {
                assertThat(refused.getCause()).isNotNull();
            }
        }
        assertThat(transport.taken()).isEmpty();
    }

    @Test
    void rejectsARecordWhoseIdIsTakenAway() {
        assertThat(failure(publisher.publish(FOUND, "k", "bare")))
                .hasMessageContaining("the guard as-told answered a record without the header record.id");

        publisher.publish(FOUND, "k", "passes").join();
        publisher.publish(TOLD, "k", "bare").join();
        assertThat(transport.taken()).hasSize(2);
    }

    @Test
    void sendsWhatTheGuardMadeOfTheRecord() {
        Receipt receipt = publisher
                .publish(Message.of(SEALED, "k", "ink").withHeader("trace", "7"))
                .join();

        EncodedRecord sent = onlySent();
        assertThat(text(sent.value())).isEqualTo("[ink]");
        assertThat(text(sent.key())).isEqualTo("k");
        assertThat(header(sent, "seal")).isEqualTo("red");
        assertThat(header(sent, "trace")).isEqualTo("7");
        assertThat(receipt.valueBytes()).isEqualTo(5);
    }

    @Test
    void runsTheGuardsInTheOrderInWhichTheyAreNamed() {
        assertThat(failure(publisher.publish(SEALED, "k", "refused"))).hasMessageContaining("not this one");

        publisher.publish(FIRST_SEALED, "k", "refused").join(); // [refused] is no word for the one behind the seal

        assertThat(text(onlySent().value())).isEqualTo("[refused]");
        assertThat(header(onlySent(), "seal")).isEqualTo("black");
        assertThat(failure(publisher.publish(FIRST_SEALED, "k", null)))
                .hasMessageContaining("the guard seal refused the record: a tombstone cannot be sealed");
    }

    @Test
    void tellsAPluginTheTopicThatItGuards() {
        assertThat(AsTold.MADE).anySatisfy(settings -> {
            assertThat(settings.name()).isEqualTo("as-told");
            assertThat(settings.alias()).isEqualTo("told");
            assertThat(settings.topic()).isEqualTo("shop-told");
        });
    }

    @Test
    void runsNoGuardOfAnotherTopic() {
        publisher.publish(FREE, "k", "refused").join();

        assertThat(AsTold.CALLERS).isEmpty();
        assertThat(text(onlySent().value())).isEqualTo("refused");
    }

    @Test
    void runsOnceInTheCallersThreadHoweverOftenTheSendIsTried() {
        transport.refuse(5, new TimeoutException("no metadata"));

        publisher.publish(SEALED, "k", "ink").join();

        assertThat(AsTold.CALLERS).containsExactly(Thread.currentThread());
        assertThat(text(onlySent().value())).isEqualTo("[ink]");
        assertThat(onlySent().headers().headers("seal")).hasSize(1);
    }

    @Test
    void letsPassWhatHasAllThatIsRequired() {
        publisher.publish(strict("k", "ink")).join();
        publisher.publish(strict("", "ink")).join(); // a key of no bytes is a key
        publisher.publish(strict("k", "empty-header")).join();

        assertThat(transport.taken()).hasSize(3);
    }

    @Test
    void rejectsWhatLacksAHeaderAndNamesAllOfThem() {
        assertThat(guarded(publisher.publish(STRICT, "k", "ink")))
                .hasMessageContaining("the record lacks tenant, trace, and required.headers is tenant,trace; add each");
        assertThat(guarded(publisher.publish(
                        Message.of(STRICT, "k", "ink").withHeader("trace", "7").withHeader("tenant", (byte[]) null))))
                .hasMessageContaining("the record lacks tenant, and");
    }

    @Test
    void rejectsWhatLacksAKey() {
        assertThat(guarded(publisher.publish(strict(null, "ink"))))
                .hasMessageContaining("the record has no key, and key.required is true; publish it with a key");
    }

    @Test
    void looksForWhatIsRequiredAtWhatTheGuardsHaveMade() {
        assertThat(guarded(publisher.publish(strict("k", "keyless")))).hasMessageContaining("no key");
        assertThat(guarded(publisher.publish(strict("k", "no-header-value"))))
                .hasMessageContaining("lacks tenant, and");
        assertThat(guarded(publisher.publish(strict("k", "bare")))).hasMessageContaining("lacks tenant, trace");
        assertThat(guarded(publisher.publish(strict("k", "grown")))).hasMessageContaining("max.record.bytes is 40");
        assertThat(transport.taken()).isEmpty();
    }

    @Test
    void guardsEachRecordOfALargeValue() {
        publisher.publish(WORDS, "k", "one two three").join();

        assertThat(AsTold.CALLERS).hasSize(3).containsOnly(Thread.currentThread());
    }

    @Test
    void rejectsALargeValueWhoseFirstRecordIsRefused() {
        assertThat(guarded(publisher.publish(WORDS, "k", "refused two"))).hasMessageContaining("not this one");
        assertThat(guarded(publisher.publish(WORDS, null, "one two"))).hasMessageContaining("no key");
        assertThat(transport.taken()).isEmpty();
    }

    @Test
    void doesNotStoreALargeValueWithoutTheRecordThatIsRefused() {
        PublishException failure = failure(publisher.publish(WORDS, "k", "one two refused four"));

        assertThat(failure.stage()).isEqualTo(Stage.GUARD);
        assertThat(failure.outcome()).isEqualTo(Outcome.NOT_STORED);
        assertThat(failure.retriable()).isFalse();
        assertThat(failure)
                .hasMessageContaining("given up after 2 records, of which readers make no value")
                .hasMessageContaining("the guard as-told refused the record: not this one")
                .hasRootCauseInstanceOf(IllegalArgumentException.class);
        assertThat(transport.taken()).hasSize(2);
    }

    private static Message<String, String> strict(@Nullable String key, String value) {
        return Message.of(STRICT, key, value).withHeader("trace", "7").withHeader("tenant", "a");
    }

    private static PublishException guarded(CompletableFuture<Receipt> future) {
        PublishException failure = failure(future);
        assertThat(failure.stage()).isEqualTo(Stage.GUARD);
        assertThat(failure.outcome()).isEqualTo(Outcome.REJECTED);
        return failure;
    }

    private static PublishException failure(CompletableFuture<Receipt> future) {
        CompletionException completion = catchThrowableOfType(CompletionException.class, future::join);
        assertThat(completion).as("the message must not pass").isNotNull();
        return (PublishException) requireNonNull(completion.getCause());
    }

    private EncodedRecord onlySent() {
        assertThat(transport.taken()).hasSize(1);
        return transport.taken().get(0).record();
    }

    private static String header(EncodedRecord record, String name) {
        return text(record.headers().lastHeader(name).value());
    }

    private static String text(byte @Nullable [] bytes) {
        return new String(requireNonNull(bytes), UTF_8);
    }

    private static Topic<String, String> topic(String alias) {
        return Topic.of(alias, String.class, String.class);
    }
}
