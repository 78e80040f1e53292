// SPDX-License-Identifier: Apache-2.0
package io.kurier.compatibility.checks;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.inject.AbstractModule;
import com.google.inject.Guice;
import com.google.inject.Injector;
import io.kurier.CloseReport;
import io.kurier.Message;
import io.kurier.Outcome;
import io.kurier.PublishException;
import io.kurier.Publisher;
import io.kurier.Receipt;
import io.kurier.Stage;
import io.kurier.Topic;
import io.kurier.core.guice.KurierBinder;
import io.kurier.core.guice.KurierModule;
import io.kurier.spi.FailedMessage;
import io.kurier.spi.Guard;
import io.kurier.spi.GuardPlugin;
import io.kurier.spi.GuardSettings;
import io.kurier.spi.PublishListener;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;

/** A complete application: a Guice module, a guard, a listener, metrics in JMX, a close report. */
class WiringTest {
    private static final Topic<String, String> ORDERS = Topic.of("wiring", String.class, String.class);

    /** Refuses one value, and signs those that pass. */
    static final class Signing implements GuardPlugin {
        @Override
        public String name() {
            return "signing";
        }

        @Override
        public Guard guard(GuardSettings settings) {
            return record -> {
                if (new String(record.value(), StandardCharsets.UTF_8).equals("unsigned")) {
                    throw new IllegalArgumentException("not to be signed");
                }
                record.headers().add("signature", new byte[] {1});
                return record;
            };
        }
    }

    /** Keeps the events that it receives. */
    static final class Heard implements PublishListener {
        private final List<String> outcomes = new CopyOnWriteArrayList<>();

        @Override
        public void stored(String topic, Receipt receipt, long nanos) {
            outcomes.add("STORED");
        }

        @Override
        public void failed(FailedMessage failed) {
            outcomes.add(failed.failure().outcome().name());
        }
    }

    @Test
    void aModuleBringsGuardsListenersAndMetricsTogether() throws Exception {
        Map<String, String> config = Cluster.config(ORDERS);
        String client = Cluster.unusedName("client");
        config.put("client.id", client);
        config.put("topics.wiring.guards", "signing");
        config.put("topics.wiring.required.headers", "tenant");
        Heard heard = new Heard();
        Injector injector = Guice.createInjector(new KurierModule(), new AbstractModule() {
            @Override
            protected void configure() {
                KurierBinder.of(binder())
                        .set(config)
                        .guard(new Signing())
                        .listener(heard)
                        .topic(ORDERS);
            }
        });
        CloseReport report;
        try (Publisher publisher = injector.getInstance(Publisher.class)) {
            publisher.publish(order("signed")).join();
            PublishException refused = Failures.of(publisher.publish(order("unsigned")));
            PublishException bare = Failures.of(publisher.publish(ORDERS, "k", "without a tenant"));
            assertThat(List.of(refused, bare)).allSatisfy(failure -> {
                assertThat(failure.stage()).isEqualTo(Stage.GUARD);
                assertThat(failure.outcome()).isEqualTo(Outcome.REJECTED);
            });

            assertThat(metric(client, Cluster.name(config, ORDERS), "message-total"))
                    .isEqualTo(3);
            assertThat(metric(client, Cluster.name(config, ORDERS), "message-stored-total"))
                    .isEqualTo(1);
            assertThat(metric(client, Cluster.name(config, ORDERS), "message-rejected-total"))
                    .isEqualTo(2);
            report = publisher.close(Duration.ofSeconds(30));
        }
        assertThat(report).isEqualTo(new CloseReport(3, 1, 2, 0, 0));
        assertThat(heard.outcomes).containsExactly("STORED", "REJECTED", "REJECTED");
        List<ConsumerRecord<String, String>> records =
                Cluster.records(Cluster.name(config, ORDERS), new StringDeserializer(), new StringDeserializer());
        assertThat(records).hasSize(1);
        assertThat(records.get(0).headers()).extracting(Header::key).containsExactly("tenant", "signature");
    }

    private static Message<String, String> order(String value) {
        return Message.of(ORDERS, "k", value).withHeader("tenant", "t1");
    }

    private static long metric(String client, String topic, String name) throws Exception {
        MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
        ObjectName bean = new ObjectName("kurier:type=publisher-topic-metrics,client-id=" + client + ",topic=" + topic);
        return ((Number) beans.getAttribute(bean, name)).longValue();
    }
}
