// SPDX-License-Identifier: Apache-2.0
package com.example.testing;

import static com.example.testing.OrderService.ORDERS;
import static org.assertj.core.api.Assertions.assertThat;

import com.example.testing.OrderService.Fate;
import com.example.testing.OrderService.Order;
import io.kurier.Outcome;
import io.kurier.PublishException;
import io.kurier.Publisher;
import io.kurier.serializers.json.JsonDeserializer;
import io.kurier.serializers.text.TextDeserializer;
import io.kurier.testkit.FakeKafka;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** No broker, no mock: the real publisher on a fake Kafka, which does what each test says. */
@Timeout(60)
class OrderServiceTest {
    private static final Order ORDER = new Order("O-1", "C-7", 19.90);

    // region fake-start
    private final FakeKafka kafka = new FakeKafka();
    private final Publisher publisher = kafka.start(Map.of("topics.orders.value.serializer", "json"), ORDERS);
    // endregion
    private final Notes notes = new Notes();
    private final OrderService service = new OrderService(publisher, notes, Duration.ZERO);

    /** What the desk was told, by threads of the publisher before the future of {@code place} is done. */
    private static final class Notes implements OrderService.Desk {
        private final List<Order> parked = new ArrayList<>();
        private final List<Outcome> alarms = new ArrayList<>();

        @Override
        public void park(Order order) {
            parked.add(order);
        }

        @Override
        public void alarm(Order order, PublishException reason) {
            alarms.add(reason.outcome());
        }
    }

    @AfterEach
    void close() {
        publisher.close(Duration.ZERO);
    }

    // region fake-stored
    @Test
    void anOrderIsStoredUnderItsCustomer() {
        assertThat(service.place(ORDER).join()).isEqualTo(Fate.STORED);

        assertThat(stored()).singleElement().satisfies(record -> {
            assertThat(record.key()).isEqualTo("C-7");
            assertThat(record.value()).isEqualTo(ORDER);
        });
    }
    // endregion

    // region fake-full
    @Test
    void anOrderForWhichThereIsNoRoomIsTriedAgain() {
        kafka.topic(ORDERS).bufferFull(2);

        assertThat(service.place(ORDER).join()).isEqualTo(Fate.STORED);
        assertThat(stored()).hasSize(1);
    }
    // endregion

    @Test
    void afterThreeAttemptsThereIsAnAlarm() {
        kafka.topic(ORDERS).bufferFull();

        assertThat(service.place(ORDER).join()).isEqualTo(Fate.FAILED);
        assertThat(notes.alarms).containsExactly(Outcome.REJECTED);
        assertThat(stored()).isEmpty();
    }

    // region fake-refused
    @Test
    void anOrderThatKafkaRefusesIsAnAlarmAtOnce() {
        kafka.topic(ORDERS).refuse(1, new TopicAuthorizationException("not yours"));

        assertThat(service.place(ORDER).join()).isEqualTo(Fate.FAILED);
        assertThat(notes.alarms).containsExactly(Outcome.NOT_STORED);
        assertThat(stored()).isEmpty();
    }
    // endregion

    // region fake-lost
    @Test
    void anOrderWhoseAcknowledgmentIsLostIsParkedAndNotSentAgain() {
        kafka.topic(ORDERS).dropAcks(1);

        assertThat(service.place(ORDER).join()).isEqualTo(Fate.PARKED);
        assertThat(notes.parked).containsExactly(ORDER);
        assertThat(stored()).as("it was there all the time").hasSize(1);
    }
    // endregion

    // region fake-disconnected
    @Test
    void anOrderWaitsForTheConnection() {
        kafka.topic(ORDERS).disconnect();
        CompletableFuture<Fate> placed = service.place(ORDER);
        assertThat(placed).isNotDone();

        kafka.topic(ORDERS).reconnect();
        assertThat(placed.join()).isEqualTo(Fate.STORED);
    }

    @Test
    void anOrderThatTheConnectionLosesIsParked() {
        kafka.topic(ORDERS).disconnect();
        CompletableFuture<Fate> placed = service.place(ORDER);

        kafka.topic(ORDERS).expire();
        assertThat(placed.join()).isEqualTo(Fate.PARKED);
        assertThat(stored()).as("it never was there").isEmpty();
    }
    // endregion

    // region fake-records
    private List<ConsumerRecord<String, Order>> stored() {
        return kafka.records(ORDERS, new TextDeserializer(), new JsonDeserializer<>(Order.class));
    }
    // endregion
}
