// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.avro;

import static io.kurier.serializers.avro.Samples.CANARY;
import static io.kurier.serializers.avro.Samples.record;
import static io.kurier.serializers.avro.Samples.schema;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kurier.serializers.avro.test.Item;
import io.kurier.spi.FrameReader;
import io.kurier.spi.FrameWriter;
import io.kurier.spi.Framing;
import io.kurier.spi.PayloadSchema;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.util.Utf8;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Records whose schema is another one than that under which they are written. */
class AvroResolutionTest {
    private static final String TOPIC = "t";

    private static Schema fields(String fields) {
        return schema("{'type':'record','name':'R','namespace':'test','fields':[" + fields + "]}");
    }

    @Test
    void fieldsAreFoundByTheirNamesAndDefaultsFilledIn() {
        Schema own = fields("{'name':'b','type':'string'},{'name':'a','type':'string'}");
        Schema declared = fields("{'name':'a','type':'string'},{'name':'b','type':'string'},"
                + "{'name':'c','type':'int','default':7},{'name':'d','type':['null','string'],'default':null}");
        byte[] encoded = new AvroSerializer<GenericRecord>(declared).serialize(TOPIC, record(own, "of b", "of a"));
        assertThat(AvroDeserializer.generic(declared).deserialize(TOPIC, encoded))
                .isEqualTo(record(declared, new Utf8("of a"), new Utf8("of b"), 7, null));
    }

    @Test
    void typesArePromotedAndAliasesFollowed() {
        Schema own = fields("{'name':'old','type':'int'},{'name':'f','type':'float'},{'name':'s','type':'string'},"
                + "{'name':'l','type':{'type':'array','items':'int'}}");
        Schema declared = fields("{'name':'new','aliases':['old'],'type':'long'},{'name':'f','type':'double'},"
                + "{'name':'s','type':['null','string']},{'name':'l','type':{'type':'array','items':'long'}}");
        byte[] encoded =
                new AvroSerializer<GenericRecord>(declared).serialize(TOPIC, record(own, 1, 0.5f, "s", List.of(2)));
        assertThat(AvroDeserializer.generic(declared).deserialize(TOPIC, encoded))
                .isEqualTo(record(declared, 1L, 0.5, new Utf8("s"), List.of(2L)));
    }

    @Test
    void aGeneratedClassIsWrittenUnderANewerSchema() {
        Schema declared =
                schema("{'type':'record','name':'Item','namespace':'io.kurier.serializers.avro.test','fields':["
                        + "{'name':'count','type':'int'},{'name':'sku','type':'string'},"
                        + "{'name':'note','type':'string','default':'none'}]}");
        byte[] encoded = new AvroSerializer<Item>(declared).serialize(TOPIC, new Item("a", 3));
        assertThat(AvroDeserializer.generic(declared).deserialize(TOPIC, encoded))
                .isEqualTo(record(declared, 3, new Utf8("a"), new Utf8("none")));
        assertThat(new AvroDeserializer<>(Item.class, declared).deserialize(TOPIC, encoded))
                .isEqualTo(new Item("a", 3));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{'name':'a','type':'int'},{'name':'b','type':'int'} | {'name':'a','type':'int'}"
                        + " | $.b: the declared schema does not have this field, and its value would be dropped",
                "{'name':'a','type':'int'} | {'name':'a','type':'int'},{'name':'b','type':'int'}"
                        + " | $: the declared schema has the field b without a default, and the record does not have it",
                "{'name':'a','type':'long'} | {'name':'a','type':'double'}"
                        + " | $.a: a long of the record would be written as double, which cannot hold every value of it",
                "{'name':'a','type':'long'} | {'name':'a','type':'int'}"
                        + " | $.a: the declared schema has int, and the record long",
                "{'name':'a','type':['null','int']} | {'name':'a','type':'int'}"
                        + " | $.a: the declared schema has int, and the record null",
                "{'name':'a','type':{'type':'enum','name':'E','symbols':['X','Y']}}"
                        + " | {'name':'a','type':{'type':'enum','name':'E','symbols':['X'],'default':'X'}}"
                        + " | $.a: the enum of the declared schema does not have the symbol Y",
                "{'name':'a','type':{'type':'map','values':{'type':'record','name':'I','fields':[{'name':'x','type':'int'}]}}}"
                        + " | {'name':'a','type':{'type':'map','values':{'type':'record','name':'I','fields':[]}}}"
                        + " | $.a.*.x: the declared schema does not have this field, and its value would be dropped",
                "{'name':'a','type':{'type':'fixed','name':'F','size':2}} | {'name':'a','type':{'type':'fixed','name':'F','size':3}}"
                        + " | $.a: the declared schema has 3 bytes, and the record 2",
            })
    void whatWouldBeLostIsRefusedWithTheFieldAndTheRule(String own, String declared, String problem) {
        Schema written = fields(own);
        Schema target = fields(declared);
        assertThat(Resolution.problem(written, target)).isEqualTo(problem);
        assertThatThrownBy(() -> new AvroSerializer<GenericRecord>(target).serialize(TOPIC, record(written)))
                .isInstanceOf(SerializationException.class)
                .hasMessage("cannot write test.R (fingerprint " + Fingerprint.of(written)
                        + ") as Avro: the schema that is declared here is test.R (fingerprint "
                        + Fingerprint.of(target) + "), and Avro cannot resolve one to the other without loss, at "
                        + problem + ". Make the record with that schema, or declare the other one");
    }

    @Test
    void aRecordWithinTheRecordMustHaveTheName() {
        Schema own = fields("{'name':'a','type':{'type':'record','name':'I','fields':[{'name':'x','type':'int'}]}}");
        Schema declared =
                fields("{'name':'a','type':{'type':'record','name':'J','fields':[{'name':'x','type':'int'}]}}");
        assertThat(Resolution.problem(own, declared)).startsWith("/fields/0/type/name: NAME_MISMATCH");
    }

    @Test
    void aRecordThatContainsItselfIsResolved() {
        String node = "{'type':'record','name':'N','fields':[%s{'name':'next','type':['null','N'],'default':null}]}";
        Schema own = schema(node.formatted(""));
        Schema declared = schema(node.formatted("{'name':'depth','type':'int','default':1},"));
        byte[] encoded =
                new AvroSerializer<GenericRecord>(declared).serialize(TOPIC, record(own, record(own, (Object) null)));
        assertThat(AvroDeserializer.generic(declared).deserialize(TOPIC, encoded))
                .isEqualTo(record(declared, 1, record(declared, 1, null)));
    }

    @Test
    void aRecordOfAUnionsBranchIsWrittenAsItIsAndOtherRecordsAreResolved() {
        Schema first = schema("{'type':'record','name':'A','fields':[{'name':'a','type':'int'}]}");
        Schema second = schema("{'type':'record','name':'B','fields':[{'name':'b','type':'long'}]}");
        Schema older = schema("{'type':'record','name':'B','fields':[{'name':'b','type':'int'}]}");
        AvroSerializer<GenericRecord> serializer = new AvroSerializer<>(Schema.createUnion(first, second));
        AvroDeserializer<GenericRecord> deserializer = AvroDeserializer.generic(Schema.createUnion(first, second));
        assertThat(deserializer.deserialize(TOPIC, serializer.serialize(TOPIC, record(first, 1))))
                .isEqualTo(record(first, 1));
        for (GenericRecord each : List.of(record(second, 2L), record(older, 2))) {
            assertThat(deserializer.deserialize(TOPIC, serializer.serialize(TOPIC, each)))
                    .isEqualTo(record(second, 2L));
        }
        Schema none = schema("{'type':'record','name':'C','fields':[{'name':'c','type':'int'}]}");
        assertThatThrownBy(() -> serializer.serialize(TOPIC, record(none, 1)))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("cannot write C (fingerprint ");
    }

    @Test
    void anUnfittingValueIsNamedByItsPlaceInTheRecord() {
        Schema own = fields("{'name':'b','type':'string'},{'name':'a','type':'int'}");
        Schema declared = fields("{'name':'a','type':'int'},{'name':'b','type':'string'}");
        assertThatThrownBy(() -> new AvroSerializer<GenericRecord>(declared).serialize(TOPIC, record(own, "b", CANARY)))
                .isInstanceOf(SerializationException.class)
                .hasMessage("cannot write test.R as Avro at $.a: a java.lang.String stands where the schema has int")
                .satisfies(thrown -> assertThat(Samples.stackTrace(thrown)).doesNotContain(CANARY));
    }

    @Test
    void aFramingGetsTheDeclaredSchema() {
        Schema declared = schema("{'type':'record','name':'R','doc':'declared','fields':[{'name':'a','type':'int'}]}");
        Schema same = schema("{'type':'record','name':'R','doc':'own','fields':[{'name':'a','type':'int'}]}");
        Schema other = schema("{'type':'record','name':'R','fields':[]}");
        Schema filled = schema("{'type':'record','name':'R','fields':[{'name':'a','type':'int','default':3}]}");
        List<Object> seen = new ArrayList<>();
        Framing framing = new Framing() {
            @Override
            public FrameWriter writer(String topic, PayloadSchema schema) {
                seen.add(schema.nativeSchema());
                return headers -> new byte[0];
            }

            @Override
            public FrameReader reader(Collection<? extends PayloadSchema> known) {
                throw new UnsupportedOperationException();
            }
        };
        new AvroSerializer<>(new Declaration(DeclaredType.UNKNOWN, declared), false, AvroFormat.LIMITS, framing, null)
                .serialize(TOPIC, record(same, 1));
        new AvroSerializer<>(new Declaration(DeclaredType.UNKNOWN, filled), false, AvroFormat.LIMITS, framing, null)
                .serialize(TOPIC, record(other));
        assertThat(seen).hasSize(2);
        assertThat(seen.get(0)).isSameAs(declared);
        assertThat(seen.get(1)).isSameAs(filled);
    }
}
