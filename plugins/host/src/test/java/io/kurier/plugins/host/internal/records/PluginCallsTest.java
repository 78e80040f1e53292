// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host.internal.records;

import static io.kurier.plugins.host.internal.records.Pipelines.line;
import static io.kurier.plugins.host.internal.records.Pipelines.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kurier.Message;
import io.kurier.plugins.host.internal.plugins.ConnectPlugins;
import io.kurier.plugins.host.internal.records.RecordException.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.errors.RetriableException;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.transforms.Transformation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PluginCallsTest {
    private final List<Long> pauses = new ArrayList<>();
    private final AtomicInteger calls = new AtomicInteger();

    /** Calls a method that fails by a retriable exception a number of times, without waiting. */
    private int call(Retries retries, int failures) throws RecordException, InterruptedException {
        ConnectPlugins plugins = ConnectPlugins.discover();
        PluginSpec<Transformation<SourceRecord>> spec = new PluginSpec<>(
                new ConnectorPlugins(plugins, null),
                PluginKind.TRANSFORMATION,
                "c",
                "transforms.a.type",
                FailsTwice.class.getName(),
                Map.of());
        return new PluginCalls(plugins, retries, pauses::add)
                .call(Stage.TRANSFORMATION, spec.create(), line("a"), () -> {
                    if (calls.incrementAndGet() <= failures) {
                        throw new RetriableException("later");
                    }
                    return calls.get();
                });
    }

    @Test
    void callsOnceByDefault() {
        assertThatThrownBy(() -> call(new Retries(0, 60_000), 1))
                .isInstanceOf(RecordException.class)
                .hasCauseInstanceOf(RetriableException.class)
                .hasMessageStartingWith("transforms.a (");
        assertThat(calls).hasValue(1);
        assertThat(pauses).isEmpty();
    }

    @Test
    void doublesThePauseAndThenLetsChanceDecide() throws Exception {
        assertThat(call(new Retries(-1, 1_000), 50)).isEqualTo(51);
        assertThat(pauses.subList(0, 2)).containsExactly(300L, 600L);
        assertThat(pauses.subList(2, 50)).allMatch(pause -> pause >= 0 && pause < 1_000);
    }

    @Test
    void doesNotWaitBeyondTheTime() throws Exception {
        assertThat(call(new Retries(3_600_000, Long.MAX_VALUE), 30)).isEqualTo(31);
        assertThat(pauses).allMatch(pause -> pause <= 3_600_000);
    }

    @Test
    void processesARecordThatATransformationTakesAtTheThirdTry() throws Exception {
        try (RecordPipeline pipeline = Pipelines.ofKurier(
                "transforms", "a",
                "transforms.a.type", FailsTwice.class.getName(),
                "errors.retry.timeout", "-1",
                "errors.retry.delay.max.ms", "0")) {
            Message<?, ?> message = message(pipeline, line("a"));
            assertThat(message.value()).isEqualTo("a");
        }
    }

    @Test
    void endsThePauseWhenTheThreadIsInterrupted() {
        RecordPipeline pipeline = Pipelines.ofKurier(
                "transforms", "a", "transforms.a.type", FailsTwice.class.getName(), "errors.retry.timeout", "-1");
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> pipeline.message(line("a"))).isInstanceOf(InterruptedException.class);
        assertThat(Thread.interrupted()).isFalse();
    }

    /** Takes a record at the third try. */
    public static final class FailsTwice implements Transformation<SourceRecord> {
        private int tries;

        @Override
        public void configure(Map<String, ?> configs) {}

        @Override
        public ConfigDef config() {
            return new ConfigDef();
        }

        @Override
        public SourceRecord apply(SourceRecord record) {
            tries++;
            if (tries < 3) {
                throw new RetriableException("not yet");
            }
            return record;
        }

        @Override
        public void close() {}
    }
}
