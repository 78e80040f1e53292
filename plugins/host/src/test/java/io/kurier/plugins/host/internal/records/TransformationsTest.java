// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host.internal.records;

import static io.kurier.plugins.host.internal.records.Pipelines.line;
import static io.kurier.plugins.host.internal.records.Pipelines.message;
import static io.kurier.plugins.host.internal.records.Pipelines.record;
import static io.kurier.plugins.host.internal.records.Pipelines.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kurier.Message;
import io.kurier.plugins.host.internal.records.RecordException.Stage;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.transforms.Transformation;
import org.junit.jupiter.api.Test;

/** Kafka's own transformations and predicates, and ones that fail. */
class TransformationsTest {

    @Test
    void insertsAFieldIntoAMap() throws Exception {
        try (RecordPipeline pipeline = Pipelines.ofKurier(
                "transforms", "origin",
                "transforms.origin.type", "org.apache.kafka.connect.transforms.InsertField$Value",
                "transforms.origin.static.field", "origin",
                "transforms.origin.static.value", "eu")) {
            Message<?, ?> message = message(pipeline, record(null, Map.of("id", 1)));
            assertThat(message.value()).isEqualTo(Map.of("id", 1, "origin", "eu"));
        }
    }

    @Test
    void takesTheKeyOutOfTheValueAndRoutesIt() throws Exception {
        Schema schema = SchemaBuilder.struct()
                .field("id", Schema.INT32_SCHEMA)
                .field("name", Schema.STRING_SCHEMA)
                .build();
        try (RecordPipeline pipeline = Pipelines.foreign(
                "transforms", "key,id,number,route",
                "transforms.key.type", "ValueToKey",
                "transforms.key.fields", "id",
                "transforms.id.type", "ExtractField$Key",
                "transforms.id.field", "id",
                "transforms.number.type", "Cast$Value",
                "transforms.number.spec", "id:string",
                "transforms.route.type", "RegexRouter",
                "transforms.route.regex", "(.*)",
                "transforms.route.replacement", "eu-$1")) {
            Message<?, ?> message = message(
                    pipeline, record(schema, new Struct(schema).put("id", 7).put("name", "a")));
            assertThat(message.topic().alias()).isEqualTo("eu-t");
            assertThat(Pipelines.text(message.key())).isEqualTo("7");
            assertThat(value(message)).isEqualTo("{\"id\":\"7\",\"name\":\"a\"}");
        }
    }

    @Test
    void leavesOutWhatAPredicateMatches() throws Exception {
        try (RecordPipeline pipeline = Pipelines.ofKurier(
                "transforms", "drop",
                "transforms.drop.type", "Filter",
                "transforms.drop.predicate", "tombstone",
                "predicates", "tombstone",
                "predicates.tombstone.type", "RecordIsTombstone")) {
            assertThat(pipeline.message(record(null, null))).isNull();
            assertThat(pipeline.message(line("a"))).isNotNull();
        }
    }

    @Test
    void leavesOutWhatANegatedPredicateDoesNotMatch() throws Exception {
        try (RecordPipeline pipeline = Pipelines.ofKurier(
                "transforms", "drop",
                "transforms.drop.type", "org.apache.kafka.connect.transforms.Filter",
                "transforms.drop.predicate", "mine",
                "transforms.drop.negate", "true",
                "predicates", "mine",
                "predicates.mine.type", "org.apache.kafka.connect.transforms.predicates.TopicNameMatches",
                "predicates.mine.pattern", "u")) {
            assertThat(pipeline.message(line("a"))).isNull();
            assertThat(pipeline.message(new SourceRecord(null, null, "u", Schema.STRING_SCHEMA, "a")))
                    .isNotNull();
        }
    }

    @Test
    void namesTheTransformationThatFailsAndNotTheValue() {
        RecordPipeline pipeline = Pipelines.ofKurier(
                "transforms", "number", "transforms.number.type", "Cast$Value", "transforms.number.spec", "int32");
        assertThatThrownBy(() -> pipeline.message(line("4711 Secret Street")))
                .isInstanceOfSatisfying(RecordException.class, e -> {
                    assertThat(e.stage()).isEqualTo(Stage.TRANSFORMATION);
                    assertThat(e.executing().getName()).isEqualTo("org.apache.kafka.connect.transforms.Cast$Value");
                })
                .hasMessageStartingWith("transforms.number (org.apache.kafka.connect.transforms.Cast$Value) failed: ")
                .message()
                .contains("[hidden]")
                .doesNotContain("4711", "Secret");
    }

    @Test
    void saysWhichFieldIsMissing() {
        RecordPipeline pipeline = Pipelines.ofKurier(
                "transforms", "key", "transforms.key.type", "ValueToKey", "transforms.key.fields", "id");
        Schema schema =
                SchemaBuilder.struct().field("name", Schema.STRING_SCHEMA).build();
        assertThatThrownBy(() -> pipeline.message(record(schema, new Struct(schema).put("name", "a"))))
                .hasMessage("transforms.key (org.apache.kafka.connect.transforms.ValueToKey) failed:"
                        + " org.apache.kafka.connect.errors.DataException: Field does not exist: id");
    }

    @Test
    void rejectsARecordForAnErrorToo() {
        for (Class<? extends Throwable> error : List.of(StackOverflowError.class, NoClassDefFoundError.class)) {
            RecordPipeline pipeline = Pipelines.ofKurier(
                    "transforms", "bad",
                    "transforms.bad.type", Throwing.class.getName(),
                    "transforms.bad.class", error.getName());
            assertThatThrownBy(() -> pipeline.message(line("a")))
                    .isInstanceOf(RecordException.class)
                    .hasCauseInstanceOf(error);
        }
    }

    @Test
    void doesNotBlameARecordForMemoryOrAnInterrupt() {
        for (Class<? extends Throwable> error : List.of(
                OutOfMemoryError.class,
                InterruptedException.class,
                org.apache.kafka.common.errors.InterruptException.class)) {
            RecordPipeline pipeline = Pipelines.ofKurier(
                    "transforms", "bad",
                    "transforms.bad.type", Throwing.class.getName(),
                    "transforms.bad.class", error.getName());
            assertThatThrownBy(() -> pipeline.message(line("a")))
                    .isInstanceOf(error == OutOfMemoryError.class ? error : InterruptedException.class);
            assertThat(Thread.interrupted()).isFalse();
        }
    }

    @Test
    void rejectsARecordWithoutATopic() {
        SourceRecord homeless = new SourceRecord(null, null, null, Schema.STRING_SCHEMA, "a");
        assertThatThrownBy(() -> Pipelines.ofKurier().message(homeless))
                .hasMessage("the record has no topic")
                .isInstanceOfSatisfying(
                        RecordException.class, e -> assertThat(e.stage()).isEqualTo(Stage.TASK_POLL));
        assertThatThrownBy(() -> Pipelines.ofKurier(
                                "transforms", "same",
                                "transforms.same.type", "HoistField$Value",
                                "transforms.same.field", "x")
                        .message(homeless))
                .isInstanceOfSatisfying(
                        RecordException.class, e -> assertThat(e.stage()).isEqualTo(Stage.TRANSFORMATION));
    }

    /** Throws what its key names. */
    public static final class Throwing implements Transformation<SourceRecord> {
        private String thrown = "";

        @Override
        public void configure(Map<String, ?> configs) {
            thrown = String.valueOf(configs.get("class"));
        }

        @Override
        public ConfigDef config() {
            return new ConfigDef().define("class", ConfigDef.Type.STRING, ConfigDef.Importance.LOW, "What.");
        }

        @Override
        public SourceRecord apply(SourceRecord record) {
            try {
                Class<?> type = Class.forName(thrown);
                Object made = type == org.apache.kafka.common.errors.InterruptException.class
                        ? new org.apache.kafka.common.errors.InterruptException("stop")
                        : type.getConstructor().newInstance();
                throw Throwing.<RuntimeException>undeclared((Throwable) made);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        }

        @SuppressWarnings(
                "unchecked") // not checked at run time, so a checked exception passes that the method does not declare
        private static <T extends Throwable> T undeclared(Throwable thrown) throws T {
            throw (T) thrown;
        }

        @Override
        public void close() {}
    }
}
