// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.publisher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kurier.Message;
import io.kurier.Outcome;
import io.kurier.PublishException;
import io.kurier.Publisher;
import io.kurier.Topic;
import io.kurier.core.Kurier;
import io.kurier.core.transport.Acknowledgment;
import io.kurier.core.transport.KafkaFailure;
import io.kurier.spi.EncodedRecord;
import io.kurier.spi.LoadAwarePartitioner;
import io.kurier.spi.Metered;
import io.kurier.spi.PartitionerPlugin;
import io.kurier.spi.PartitionerSettings;
import io.kurier.spi.PluginMetrics;
import io.kurier.spi.RecordPartitioner;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntPredicate;
import org.apache.kafka.clients.producer.BufferExhaustedException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a partitioner sees of leaders and queues, and that nothing is counted for one that does not look. */
@Timeout(60)
class LoadAwareTest {
    private static final Topic<String, String> JOBS = Topic.of("jobs", String.class, String.class);

    /** A record of a value of one byte and a key of three, with Kafka's overhead. */
    private static final long RECORD = 25;

    private final List<List<Long>> seen = new ArrayList<>();
    private final List<Acknowledgment> open = new ArrayList<>();
    private final AtomicInteger looks = new AtomicInteger();
    private final AtomicInteger answer = new AtomicInteger();
    private final ScriptedTransport transport = new WithLeaders().answer(open::add);

    /** Has no leader for partition 2. */
    private final class WithLeaders extends ScriptedTransport {
        @Override
        public IntPredicate leaders(String topic) {
            looks.incrementAndGet();
            return partition -> partition != 2;
        }
    }

    /** A plugin that a test gives its partitioner. */
    private record Given(RecordPartitioner partitioner) implements PartitionerPlugin {
        @Override
        public String name() {
            return "given";
        }

        @Override
        public RecordPartitioner partitioner(PartitionerSettings settings) {
            assertThat(settings.name()).isEqualTo("given");
            assertThat(settings.alias()).isEqualTo("jobs");
            return partitioner;
        }
    }

    private final LoadAwarePartitioner looking = (record, loads) -> {
        List<Long> queues = new ArrayList<>();
        for (int partition = 0; partition < loads.partitions(); partition++) {
            queues.add(loads.hasLeader(partition) ? loads.queuedBytes(partition) : -1);
        }
        seen.add(queues);
        return answer.get();
    };

    private Publisher publisher(RecordPartitioner partitioner) {
        return Kurier.builder()
                .set("bootstrap.servers", "127.0.0.1:9092")
                .set("topics.jobs.value.serializer", "text")
                .set("topics.jobs.partitioner", "given")
                .set("publish.max.wait.ms", "0")
                .partitioner(new Given(partitioner))
                .topics(JOBS)
                .transport(config -> transport)
                .start();
    }

    @Test
    void seesLeadersAndWhatIsNotAcknowledgedYet() {
        try (Publisher publisher = publisher(looking)) {
            publish(publisher);
            publish(publisher);
            answer.set(3);
            publish(publisher);
            publish(publisher);
            assertThat(seen)
                    .containsExactly(
                            List.of(0L, 0L, -1L, 0L),
                            List.of(RECORD, 0L, -1L, 0L),
                            List.of(2 * RECORD, 0L, -1L, 0L),
                            List.of(2 * RECORD, 0L, -1L, RECORD));

            settle();
            publish(publisher);
            assertThat(last()).containsExactly(0L, 0L, -1L, 0L);
            settle();
        }
    }

    @Test
    void countsNoRecordThatWasRefused() {
        transport.refuse(1, new BufferExhaustedException("full"));
        try (Publisher publisher = publisher(looking)) {
            assertThat(publish(publisher)).isCompletedExceptionally();
            publish(publisher);
            assertThat(last()).containsExactly(0L, 0L, -1L, 0L);
            settle();
        }
    }

    @Test
    void countsARecordNoLongerThatHasFailedEvenIfThatIsReportedTwice() {
        try (Publisher publisher = publisher(looking)) {
            CompletableFuture<?> failed = publish(publisher);
            flush();
            KafkaFailure why = new KafkaFailure(Outcome.UNKNOWN, false, new TimeoutException("expired"));
            open.get(0).failed(why);
            open.remove(0).failed(why);
            assertThatThrownBy(failed::join)
                    .isInstanceOf(CompletionException.class)
                    .hasCauseInstanceOf(PublishException.class);
            publish(publisher);
            assertThat(last()).containsExactly(0L, 0L, -1L, 0L);
            settle();
        }
    }

    @Test
    void countsAMessageThatNamesItsPartitionAndThoseOfACallWithMany() {
        try (Publisher publisher = publisher(looking)) {
            CompletableFuture<?> named =
                    publisher.publish(Message.of(JOBS, "key", "v").withPartition(1));
            CompletableFuture<?> many =
                    publisher.publishAll(JOBS, List.of(Message.of(JOBS, "key", "v"), Message.of(JOBS, "key", "v")));
            publish(publisher);
            assertThat(last()).containsExactly(2 * RECORD, RECORD, -1L, 0L);
            settle();
            named.join();
            many.join();
        }
    }

    @Test
    void seesPartitionsThatAreAdded() {
        try (Publisher publisher = publisher(looking)) {
            answer.set(3);
            publish(publisher);
            transport.partitions(6);
            answer.set(5);
            publish(publisher);
            publish(publisher);
            assertThat(last()).containsExactly(0L, 0L, -1L, RECORD, 0L, RECORD);
            settle();
        }
    }

    @Test
    void nothingIsLookedUpForAPartitionerThatDoesNotAsk() {
        try (Publisher publisher = publisher((record, partitions) -> 1)) {
            publish(publisher);
            flush();
            assertThat(looks).hasValue(0);
            assertThat(open.get(0).getClass().getSimpleName()).doesNotContain("Queued");
            settle();
        }
    }

    @Test
    void aNegativeAnswerOtherThanKafkasChoiceIsRejected() {
        answer.set(-2);
        try (Publisher publisher = publisher(looking)) {
            assertThatThrownBy(() -> publish(publisher).join())
                    .hasMessageContaining("the partitioner chose partition -2, and jobs has 4; fix the partitioner");
        }
    }

    @Test
    void metricsAreAddedOnceAndAFaultThereStopsNothing() {
        AtomicInteger calls = new AtomicInteger();
        record Faulty(AtomicInteger calls) implements RecordPartitioner, Metered {
            @Override
            public int partition(EncodedRecord record, int partitions) {
                return 0;
            }

            @Override
            public void withPluginMetrics(PluginMetrics metrics) {
                calls.incrementAndGet();
                throw new IllegalStateException("no metrics today");
            }
        }
        try (Publisher publisher = publisher(new Faulty(calls))) {
            CompletableFuture<?> published = publish(publisher);
            settle();
            published.join();
            assertThat(calls).hasValue(1);
        }
    }

    private static CompletableFuture<?> publish(Publisher publisher) {
        return publisher.publish(JOBS, "key", "v");
    }

    private List<Long> last() {
        return seen.get(seen.size() - 1);
    }

    private void settle() {
        flush();
        transport.onIoThread(() -> {
            open.forEach(each -> each.stored(0, 1, 1, 1));
            open.clear();
        });
        flush();
    }

    /** Until the I/O thread has done what is there. */
    private void flush() {
        transport.flush();
    }
}
