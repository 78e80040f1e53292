// SPDX-License-Identifier: Apache-2.0
package com.example.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kurier.Publisher;
import io.kurier.Receipt;
import io.kurier.StartException;
import io.kurier.Topic;
import io.kurier.TypeRef;
import io.kurier.broker.LocalBroker;
import io.kurier.core.Kurier;
import io.kurier.testkit.TestTopics;
import io.kurier.testkit.WithKafka;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;

/** Nothing here names the plugin's class: the word in the configuration is enough. */
@WithKafka
class PublishingCsvTest {
    private static final Topic<String, List<String>> READINGS =
            Topic.of("readings", TypeRef.of(String.class), new TypeRef<List<String>>() {});

    private final Map<String, String> config = new HashMap<>();
    private final TestTopics topics;
    private final String physicalName;

    PublishingCsvTest(LocalBroker broker, TestTopics topics) {
        this.topics = topics;
        physicalName = topics.unusedName("readings");
        config.put("bootstrap.servers", broker.bootstrapServers());
        config.put("topics.management", "create");
        config.put("topics", "readings");
        config.put("topics.readings.name", physicalName);
        config.put("topics.readings.value.serializer", "csv");
        config.put("topics.readings.value.serializer.separator", ";");
    }

    // region test
    @Test
    void aListIsPublishedAsALineWithTheConfiguredSeparator() {
        try (Publisher publisher = Kurier.start(config, READINGS)) {
            Receipt receipt = publisher
                    .publish(READINGS, "sensor-1", List.of("2026-11-22", "21.5"))
                    .join();
            assertThat(receipt.topic()).isEqualTo(physicalName);
        }

        assertThat(topics.readAll(physicalName, new StringDeserializer(), new StringDeserializer()))
                .singleElement()
                .satisfies(record -> assertThat(record.key()).isEqualTo("sensor-1"))
                .satisfies(record -> assertThat(record.value()).isEqualTo("\"2026-11-22\";\"21.5\""));
    }
    // endregion

    @Test
    void aNullIsATombstone() {
        try (Publisher publisher = Kurier.start(config, READINGS)) {
            publisher.publish(READINGS, "sensor-1", null).join();
        }

        assertThat(topics.readAll(physicalName))
                .singleElement()
                .satisfies(record -> assertThat(record.value()).isNull());
    }

    @Test
    void aSeparatorThatThePluginDoesNotKnowStopsTheStart() {
        config.put("topics.readings.value.serializer.separator", "--");
        assertThatThrownBy(() -> Kurier.start(config, READINGS).close())
                .isInstanceOf(StartException.class)
                .hasMessageContaining("topics.readings.value.serializer")
                .hasMessageContaining("separator (code): \"--\" is none of ");
    }

    @Test
    void aMisspeltNameStopsTheStartAndTellsWhatWasFound() {
        config.put("topics.readings.value.serializer", "cvs");
        assertThatThrownBy(() -> Kurier.start(config, READINGS).close())
                .isInstanceOf(StartException.class)
                .hasMessageContaining("no serializer is named \"cvs\". Did you mean csv?");
    }
}
