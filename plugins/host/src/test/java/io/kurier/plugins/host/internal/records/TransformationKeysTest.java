// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host.internal.records;

import static io.kurier.plugins.host.internal.records.Pipelines.problems;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.transforms.Transformation;
import org.junit.jupiter.api.Test;

/** What is wrong with transformations, predicates and converters is reported at the start, all of it at once. */
class TransformationKeysTest {

    @Test
    void tellsEverythingThatIsWrongWithTransformations() {
        assertThat(problems(
                        "transforms", "a,b,,a,c,d",
                        "transforms.b.type", "RegexRooter",
                        "transforms.c.type", "RegexRouter",
                        "transforms.c.regx", "(.*)",
                        "transforms.c.replacement", "x",
                        "transforms.d.type", "Filter",
                        "transforms.d.predicate", "tomb",
                        "transforms.d.negate", "maybe",
                        "transforms.e.type", "Filter",
                        "predicates", "tombs",
                        "predicates.tombs.type", "RecordIsTombstone",
                        "predicates.tombs.pattern", "x"))
                .satisfiesOnlyOnce(problem -> assertThat(problem)
                        .startsWith("connector c, transforms.b.type: no transformation is named \"RegexRooter\"."
                                + " Did you mean RegexRouter?"))
                .filteredOn(problem -> !problem.contains("RegexRooter"))
                .containsExactlyInAnyOrder(
                        "connector c, transforms: it has an empty entry. Remove a comma.",
                        "connector c, transforms: it has a twice. Give each an alias of its own.",
                        "connector c, transforms.a.type: missing. Set it to the name of the transformation's class.",
                        "connector c, transforms.c.regx: the transformation"
                                + " org.apache.kafka.connect.transforms.RegexRouter declares no such key. Did you mean"
                                + " transforms.c.regex? If it reads the key nevertheless, list it in undeclared.keys.",
                        "connector c, transforms.c.regex: Missing required configuration \"regex\" which has no default"
                                + " value.",
                        "connector c, transforms.d.predicate: \"tomb\" is not in predicates. Did you mean tombs?",
                        "connector c, transforms.d.negate: \"maybe\" is neither true nor false.",
                        "connector c, transforms.e.type: \"e\" is not in transforms. Did you mean a?",
                        "connector c, predicates.tombs.pattern: the predicate"
                                + " org.apache.kafka.connect.transforms.predicates.RecordIsTombstone declares no such"
                                + " key. If it reads the key nevertheless, list it in undeclared.keys.");
    }

    @Test
    void refusesKeysWithoutTheirList() {
        assertThat(problems("transforms.a.type", "Filter", "predicates.p.type", "RecordIsTombstone"))
                .containsExactlyInAnyOrder(
                        "connector c, transforms.a.type: \"a\" is not in transforms.",
                        "connector c, predicates.p.type: \"p\" is not in predicates.");
    }

    @Test
    void refusesToNegateWithoutAPredicate() {
        assertThat(problems("transforms", "a", "transforms.a.type", "Filter", "transforms.a.negate", "true"))
                .containsExactly("connector c, transforms.a.negate: there is no predicate to negate. Set"
                        + " transforms.a.predicate too, or remove the key.");
    }

    @Test
    void refusesAClassOfAnotherKind() {
        assertThat(problems("transforms", "a", "transforms.a.type", "java.lang.String"))
                .hasSize(1)
                .first()
                .asString()
                .startsWith("connector c, transforms.a.type: ");
    }

    @Test
    void tellsWhatATransformationSaysAgainstItsKeysTogether() {
        assertThat(problems("transforms", "a", "transforms.a.type", "InsertField$Value"))
                .hasSize(1)
                .first()
                .asString()
                .startsWith("connector c, transforms.a.type: org.apache.kafka.connect.transforms.InsertField$Value"
                        + " refused its keys: ");
    }

    @Test
    void takesAPredicateThatNothingUsesAndAVersion() {
        assertThat(problems(
                        "predicates", "p",
                        "predicates.p.type", "RecordIsTombstone",
                        "predicates.p.plugin.version", "1"))
                .isEmpty();
    }

    @Test
    void takesAnUndeclaredKeyThatIsListed() {
        assertThat(problems(
                        "undeclared.keys", "transforms.a.old",
                        "transforms", "a",
                        "transforms.a.type", "Filter",
                        "transforms.a.old", "x"))
                .isEmpty();
    }

    @Test
    void tellsEverythingThatIsWrongWithConverters() {
        assertThat(problems(
                        "key.converter", "",
                        "value.converter", "JsonConverter",
                        "value.converter.schema.enable", "false",
                        "value.converter.decimal.format", "ROMAN",
                        "value.serializer", "json",
                        "header.converter.encoding", "UTF-8"))
                .hasSize(5)
                .contains(
                        "connector c, key.converter: missing. Set it to the name of the converter's class.",
                        "connector c, value.converter.schema.enable: the converter"
                                + " org.apache.kafka.connect.json.JsonConverter declares no such key. Did you mean"
                                + " value.converter.schemas.enable? If it reads the key nevertheless, list it in"
                                + " undeclared.keys.",
                        "connector c, value.serializer: \"json\", and value.converter is set too, which makes bytes."
                                + " Remove one of the two.",
                        "connector c, header.converter.encoding: it configures a converter, and header.converter names"
                                + " none. Set that key too.")
                .anyMatch(problem -> problem.startsWith("connector c, value.converter.decimal.format: "));
    }

    @Test
    void tellsThatAValidatorFails() {
        assertThat(problems("transforms", "a", "transforms.a.type", Fragile.class.getName(), "transforms.a.x", "1"))
                .containsExactly("connector c, transforms.a.type: the keys cannot be checked:"
                        + " java.lang.IllegalStateException: no rules.");
    }

    /** Cannot check its key. */
    public static final class Fragile implements Transformation<SourceRecord> {
        @Override
        public void configure(Map<String, ?> configs) {}

        @Override
        public ConfigDef config() {
            ConfigDef.Validator failing = (name, value) -> {
                throw new IllegalStateException("no rules");
            };
            return new ConfigDef()
                    .define(
                            "x",
                            ConfigDef.Type.STRING,
                            ConfigDef.NO_DEFAULT_VALUE,
                            failing,
                            ConfigDef.Importance.LOW,
                            "A key.");
        }

        @Override
        public SourceRecord apply(SourceRecord record) {
            return record;
        }

        @Override
        public void close() {}
    }
}
