// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.send;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kurier.BulkReport;
import io.kurier.Receipt;
import io.kurier.core.internal.completion.CompletionThreads;
import io.kurier.core.internal.completion.Monitor;
import io.kurier.core.internal.completion.MonitorIntervals;
import io.kurier.core.internal.completion.ThreadMaker;
import io.kurier.core.internal.metrics.TopicCounts;
import io.kurier.core.internal.route.Routes;
import io.kurier.core.transport.Acknowledgment;
import io.kurier.spi.EncodedRecord;
import java.lang.reflect.Field;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Outcomes whose first report was interrupted by an error that no handler catches, as HotSpot throws one if it finds no
 * memory to deoptimize a compiled frame. The state that such a report leaves behind is planted.
 */
@Timeout(60)
class InterruptedReportTest {
    private final Monitor monitor = new Monitor(new CompletionThreads(ThreadMaker.DAEMONS), MonitorIntervals.DEFAULT);
    private final TopicCounts counts = new TopicCounts();
    private final TopicState topicState = new TopicState(
            "orders",
            new Routes(List.of()),
            null,
            counts,
            new Listeners(Observers.of()),
            monitor.queue("orders"),
            monitor.log("topic orders", "message"));
    private final Delivery delivery = Delivery.begin(topicState, null, null, null, MessageMetadata.NONE);

    @Test
    void completesAFutureWhoseOutcomeWasNotQueued() throws Exception {
        Receipt first = new Receipt("orders", 0, 7, 1, 1, 5);
        CompletableFuture<Receipt> dependent = delivery.thenApply(receipt -> receipt);
        plant(Delivery.class, delivery, "state", first);

        delivery.stored(0, 8, 1, 5);

        assertThat(dependent.get(30, TimeUnit.SECONDS)).isEqualTo(first);
    }

    @Test
    void completesAFutureWhoseThreadHasLeftIt() throws Exception {
        Thread dead = new Thread(() -> {});
        dead.start();
        dead.join();
        plant(Delivery.class, delivery, "state", dead);

        delivery.stored(0, 8, 1, 5);

        assertThat(delivery.get(30, TimeUnit.SECONDS).offset()).isEqualTo(8);
    }

    @Test
    void letsADependentBeRegisteredAtACompleteFutureWhoseThreadHasLeftIt() throws Exception {
        Receipt receipt = new Receipt("orders", 0, 7, 1, 1, 5);
        plant(Delivery.class, delivery, "state", new Thread(() -> {}));
        assertThat(delivery.complete(receipt)).isTrue();

        delivery.stored(receipt);

        assertThat(delivery.thenApply(Receipt::offset).get(30, TimeUnit.SECONDS))
                .isEqualTo(7);
    }

    @Test
    void reportsAMessageOfPublishAllThatWasOnlyCounted() throws Exception {
        BulkPublish bulk = bulkOfOne();
        BulkMessage message = BulkMessage.begin(bulk, 0);
        plant(BulkMessage.class, message, "state", 1);

        message.stored(0, 8, 1, 5);

        assertThat(resultOf(bulk).get(30, TimeUnit.SECONDS).stored()).isOne();
        assertThat(counts.now().stored()).as("counted by the first report").isZero();
    }

    @Test
    void completesPublishAllWhoseLastOutcomeWasNotQueued() throws Exception {
        BulkPublish bulk = bulkOfOne();
        BulkMessage message = BulkMessage.begin(bulk, 0);
        AtomicReference<Object> report = new AtomicReference<>();
        plant(BulkPublish.class, bulk, "taken", Long.MAX_VALUE); // so that nothing is queued
        message.stored(0, 8, 1, 5);
        plant(BulkPublish.class, bulk, "taken", 1L);
        resultOf(bulk).thenAccept(report::set);
        assertThat(resultOf(bulk)).isNotDone();

        message.stored(0, 8, 1, 5);

        await().until(() -> report.get() != null);
        assertThat(resultOf(bulk).get().stored()).isOne();
        assertThat(counts.now().stored()).isOne();
    }

    @Test
    void settlesALargeValueWhoseLastRecordWasOnlyPutInOrder() throws Exception {
        MultiRecordDelivery parts = new MultiRecordDelivery(topicState, delivery);
        for (int offset = 7; offset <= 8; offset++) {
            Acknowledgment part =
                    parts.handingOver(new EncodedRecord("orders", null, new byte[] {1, 2, 3}, new RecordHeaders()));
            parts.handedOver();
            if (offset == 8) {
                plant(MultiRecordDelivery.class, parts, "last", part);
                plant(MultiRecordDelivery.class, parts, "lastKnownOffset", 8L);
                plant(part.getClass(), part, "offset", 8L);
            }
            part.stored(0, offset, 1, 3);
        }

        parts.complete();

        assertThat(delivery.get(30, TimeUnit.SECONDS)).isEqualTo(new Receipt("orders", 0, 8, 1, 2, 6));
    }

    private BulkPublish bulkOfOne() throws ReflectiveOperationException {
        BulkPublish bulk = new BulkPublish(topicState);
        plant(BulkPublish.class, bulk, "taken", 1L);
        return bulk;
    }

    private static CompletableFuture<BulkReport> resultOf(BulkPublish bulk) throws ReflectiveOperationException {
        Field field = BulkPublish.class.getDeclaredField("result");
        field.setAccessible(true);
        return ((CompletableFuture<?>) field.get(bulk)).thenApply(BulkReport.class::cast);
    }

    private static void plant(Class<?> type, Object object, String name, Object value)
            throws ReflectiveOperationException {
        Field field = type.getDeclaredField(name);
        field.setAccessible(true);
        field.set(object, value);
    }
}
