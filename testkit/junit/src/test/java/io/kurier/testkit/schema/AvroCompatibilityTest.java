// SPDX-License-Identifier: Apache-2.0
package io.kurier.testkit.schema;

import static io.kurier.testkit.schema.Compared.assertViolations;
import static io.kurier.testkit.schema.Compared.cell;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AvroCompatibilityTest {
    private static final String EMPTY = order("");
    private static final String TOTAL = order("{'name':'total','type':'double'}");
    private static final String TOTAL_WITH_DEFAULT = order("{'name':'total','type':'double','default':0}");

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        equal             | {'name':'a','type':'int'} | {'name':'a','type':'int'}  | - | -
        added             |                           | {'name':'a','type':'int'}  | example.Order.a: READER_FIELD_MISSING_DEFAULT_VALUE | -
        removed           | {'name':'a','type':'int'} |                            | - | example.Order.a: READER_FIELD_MISSING_DEFAULT_VALUE
        with a default    |                           | {'name':'a','type':'int','default':1} | - | -
        retyped           | {'name':'a','type':'int'} | {'name':'a','type':'string'} | example.Order.a: TYPE_MISMATCH | example.Order.a: TYPE_MISMATCH
        promoted          | {'name':'a','type':'int'} | {'name':'a','type':'long'} | - | example.Order.a: TYPE_MISMATCH
        renamed           | {'name':'a','type':'int'} | {'name':'b','type':'int'}  | example.Order.b: READER_FIELD_MISSING_DEFAULT_VALUE | example.Order.a: READER_FIELD_MISSING_DEFAULT_VALUE
        by an alias       | {'name':'a','type':'int'} | {'name':'b','type':'int','aliases':['a']} | - | example.Order.a: READER_FIELD_MISSING_DEFAULT_VALUE
        a symbol removed  | {'name':'a','type':{'type':'enum','name':'E','symbols':['X','Y']}} | {'name':'a','type':{'type':'enum','name':'E','symbols':['X']}} | example.Order.a: MISSING_ENUM_SYMBOLS | -
        a branch removed  | {'name':'a','type':['null','int']} | {'name':'a','type':['null']} | example.Order.a: MISSING_UNION_BRANCH | -
        size of a fixed   | {'name':'a','type':{'type':'fixed','name':'F','size':2}} | {'name':'a','type':{'type':'fixed','name':'F','size':3}} | example.Order.a: FIXED_SIZE_MISMATCH | example.Order.a: FIXED_SIZE_MISMATCH
        name of a record  | {'name':'a','type':{'type':'record','name':'R','fields':[]}} | {'name':'a','type':{'type':'record','name':'S','fields':[]}} | example.Order.a: NAME_MISMATCH | example.Order.a: NAME_MISMATCH
        in an array       | {'name':'a','type':{'type':'array','items':{'type':'record','name':'R','fields':[{'name':'n','type':'int'}]}}} | {'name':'a','type':{'type':'array','items':{'type':'record','name':'R','fields':[{'name':'n','type':'long'}]}}} | - | example.Order.a[].n: TYPE_MISMATCH
        in a map          | {'name':'a','type':{'type':'map','values':'int'}} | {'name':'a','type':{'type':'map','values':'long'}} | - | example.Order.a{}: TYPE_MISMATCH
        """)
    void eachRuleInBothDirections(String change, String earlier, String next, String backward, String forward) {
        assertViolations(
                SchemaCompatibility.avro(order(earlier == null ? "" : earlier)),
                order(next == null ? "" : next),
                cell(backward),
                cell(forward));
    }

    @Test
    void aFailureNamesTheVersionTheDirectionTheFieldAndTheRule() {
        assertThatThrownBy(() -> SchemaCompatibility.avro(EMPTY).full(TOTAL))
                .isInstanceOf(AssertionError.class)
                .hasMessage("not backward compatible with version 1 of 1: a reader with the new schema has to read what"
                        + " that version wrote\n"
                        + "  example.Order.total: READER_FIELD_MISSING_DEFAULT_VALUE: the writer does not have the field"
                        + " total, and the reader has no default for it");
    }

    /** The last version alone would be compatible. */
    @Test
    void eachEarlierVersionIsCompared() {
        assertThatCode(() -> SchemaCompatibility.avro(TOTAL_WITH_DEFAULT).backward(TOTAL))
                .doesNotThrowAnyException();
        assertThatThrownBy(() ->
                        SchemaCompatibility.avro(EMPTY, TOTAL_WITH_DEFAULT).backward(TOTAL))
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith("not backward compatible with version 1 of 2: ");
    }

    @Test
    void whatIsNoSchemaIsNoIncompatibility() {
        assertThatThrownBy(() -> SchemaCompatibility.avro("{}").backward(EMPTY))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("an earlier schema is not a valid Avro schema: ");
        assertThatThrownBy(() -> SchemaCompatibility.avro(EMPTY).backward("order"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("the new schema is not a valid Avro schema: ");
        assertThatThrownBy(SchemaCompatibility::avro)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("earlier: at least one earlier version of the schema is needed");
    }

    private static String order(String field) {
        return ("{'type':'record','name':'Order','namespace':'example','fields':[" + field + "]}").replace('\'', '"');
    }
}
