// SPDX-License-Identifier: Apache-2.0
package io.kurier.testkit.schema;

import static io.kurier.testkit.schema.Compared.assertViolations;
import static io.kurier.testkit.schema.Compared.cell;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonSchemaCompatibilityTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        equal                  | {'type':'string'} | {'type':'string'} | - | -
        anything               | {'type':'string'} | true | - | $: TYPE_CHANGED
        nothing                | {'type':'string'} | false | $: TYPE_CHANGED | -
        retyped                | {'type':'string'} | {'type':'integer'} | $: TYPE_CHANGED | $: TYPE_CHANGED
        integer to number      | {'type':'integer'} | {'type':'number'} | - | $: TYPE_CHANGED
        null as well           | {'type':'string'} | {'type':['string','null']} | - | $: TYPE_CHANGED
        open, added            | {'properties':{'a':{'type':'string'}}} | {'properties':{'a':{'type':'string'},'b':{'type':'string'}}} | - | -
        open, removed          | {'properties':{'a':{'type':'string'}}} | {} | - | -
        open, retyped          | {'properties':{'a':{'type':'string'}}} | {'properties':{'a':{'type':'integer'}}} | $.a: TYPE_CHANGED | $.a: TYPE_CHANGED
        closed, removed        | {'properties':{'a':{'type':'string'}},'additionalProperties':false} | {'properties':{},'additionalProperties':false} | $.a: PROPERTY_REMOVED | -
        closed, added          | {'properties':{},'additionalProperties':false} | {'properties':{'a':{'type':'string'}},'additionalProperties':false} | - | $.a: PROPERTY_ADDED
        closed later           | {'properties':{'a':{'type':'string'}}} | {'properties':{'a':{'type':'string'}},'additionalProperties':false} | $: ADDITIONAL_PROPERTIES_CLOSED | -
        opened later           | {'additionalProperties':false} | {} | - | $: ADDITIONAL_PROPERTIES_OPENED
        unevaluated            | {'properties':{'a':{'type':'string'}},'unevaluatedProperties':false} | {'unevaluatedProperties':false} | $.a: PROPERTY_REMOVED | -
        values of a map        | {'additionalProperties':{'type':'integer'}} | {'additionalProperties':{'type':'string'}} | $.*: TYPE_CHANGED | $.*: TYPE_CHANGED
        map to property        | {'additionalProperties':{'type':'integer'}} | {'properties':{'a':{'type':'string'}},'additionalProperties':{'type':'integer'}} | $.a: TYPE_CHANGED | $.a: TYPE_CHANGED
        by a pattern           | {'properties':{'x-a':{'type':'string'}},'additionalProperties':false} | {'patternProperties':{'^x-':{'type':'string'}},'additionalProperties':false} | - | $.*: TYPE_CHANGED
        newly required         | {'properties':{'a':true}} | {'properties':{'a':true},'required':['a']} | $.a: REQUIRED_ADDED | -
        no longer required     | {'required':['a']} | {} | - | $.a: REQUIRED_REMOVED
        narrowed enum          | {'enum':['x','y']} | {'enum':['x']} | $: ENUM_NARROWED | -
        extended enum          | {'enum':['x']} | {'enum':['x','y']} | - | $: ENUM_EXTENDED
        an enum at all         | {'type':'string'} | {'type':'string','enum':['x']} | $: ENUM_NARROWED | -
        a constant             | {'const':'x'} | {'enum':['x','y']} | - | $: ENUM_EXTENDED
        in a list              | {'properties':{'items':{'type':'array','items':{'properties':{'n':{'type':'integer'}}}}}} | {'properties':{'items':{'type':'array','items':{'properties':{'n':{'type':'string'}}}}}} | $.items[*].n: TYPE_CHANGED | $.items[*].n: TYPE_CHANGED
        in a tuple             | {'prefixItems':[{'type':'integer'}]} | {'prefixItems':[{'type':'string'}]} | $[0]: TYPE_CHANGED | $[0]: TYPE_CHANGED
        an older tuple         | {'items':[{'type':'integer'}],'additionalItems':false} | {'items':[{'type':'integer'},{'type':'string'}],'additionalItems':false} | - | $[1]: TYPE_CHANGED
        by a reference         | {'$ref':'#/$defs/a','$defs':{'a':{'type':'integer'}}} | {'$ref':'#/definitions/b','definitions':{'b':{'type':'string'}}} | $: TYPE_CHANGED | $: TYPE_CHANGED
        in one that has itself | {'properties':{'next':{'$ref':'#'},'n':{'type':'integer'}}} | {'properties':{'next':{'$ref':'#'},'n':{'type':'string'}}} | $.n: TYPE_CHANGED | $.n: TYPE_CHANGED
        a branch removed       | {'anyOf':[{'type':'string'},{'type':'null'}]} | {'type':'string'} | $: TYPE_CHANGED | -
        a branch of several    | {'oneOf':[{'type':'string'},{'type':'null'},{'type':'integer'}]} | {'oneOf':[{'type':'string'},{'type':'null'}]} | $: ALTERNATIVE_REMOVED | -
        a branch added         | {'oneOf':[{'type':'string'},{'type':'null'}]} | {'oneOf':[{'type':'string'},{'type':'null'},{'type':'integer'}]} | - | $: ALTERNATIVE_ADDED
        types to branches      | {'type':['string','null']} | {'anyOf':[{'type':'string'},{'type':'null'}]} | - | -
        merged                 | {'allOf':[{'properties':{'a':{'type':'string'}}},{'required':['b']}]} | {'properties':{'a':{'type':'integer'}},'required':['b']} | $.a: TYPE_CHANGED | $.a: TYPE_CHANGED
        parts that conflict    | {'allOf':[{'minimum':1},{'minimum':2}]} | {'allOf':[{'minimum':1},{'minimum':3}]} | $: LIMIT_NARROWED | -
        a part at all          | {'type':'integer'} | {'type':'integer','allOf':[{'minimum':1},{'minimum':3}]} | $: KEYWORD_CHANGED | -
        a higher minimum       | {'type':'integer','minimum':1} | {'type':'integer','minimum':2} | $: LIMIT_NARROWED | -
        a lower maximum        | {'type':'integer','maximum':2} | {'type':'integer','maximum':1} | $: LIMIT_NARROWED | -
        exclusive              | {'type':'integer','exclusiveMinimum':0} | {'type':'integer','minimum':1} | $: LIMIT_NARROWED | -
        a maximum length       | {'type':'string'} | {'type':'string','maxLength':9} | $: LIMIT_NARROWED | -
        a limit on another     | {'type':'integer'} | {'type':'integer','maxLength':9} | - | -
        a multiple             | {'type':'number','multipleOf':0.01} | {'type':'number','multipleOf':0.1} | $: LIMIT_NARROWED | -
        unique                 | {'type':'array'} | {'type':'array','uniqueItems':true} | $: LIMIT_NARROWED | -
        a pattern              | {'type':'string','pattern':'a'} | {'type':'string','pattern':'b'} | $: KEYWORD_CHANGED | $: KEYWORD_CHANGED
        a condition            | {'if':{'required':['a']}} | {'not':{'required':['a']}} | $: KEYWORD_CHANGED | $: KEYWORD_CHANGED
        annotations            | {'title':'a','format':'date'} | {'description':'b','default':1} | - | -
        """)
    void eachRuleInBothDirections(String change, String earlier, String next, String backward, String forward) {
        assertViolations(
                SchemaCompatibility.jsonSchema(earlier.replace('\'', '"')),
                next.replace('\'', '"'),
                cell(backward),
                cell(forward));
    }

    @Test
    void aFailureNamesTheVersionTheDirectionTheFieldAndTheRule() {
        assertThatThrownBy(() -> SchemaCompatibility.jsonSchema("{\"type\":\"string\"}", "{}")
                        .forward("{\"type\":\"integer\"}"))
                .isInstanceOf(AssertionError.class)
                .hasMessage(
                        "not forward compatible with version 1 of 2: a reader with that version has to read what the"
                                + " new schema writes\n"
                                + "  $: TYPE_CHANGED: the reader takes string, the writer writes integer");
    }

    @Test
    void referencesThatLeaveTheDocumentAreNotFetched() {
        for (String reference : new String[] {"http://127.0.0.1:1/order.json", "item.json", "#item", "#/$defs/none"}) {
            assertThatThrownBy(() -> SchemaCompatibility.jsonSchema("{\"$ref\":\"" + reference + "\"}")
                            .backward("{\"type\":\"string\"}"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("the reference " + reference + " lea");
        }
        assertThatThrownBy(
                        () -> SchemaCompatibility.jsonSchema("{\"$ref\":\"#\"}").backward("{\"type\":\"string\"}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a $ref leads to itself");
        assertThatThrownBy(() -> SchemaCompatibility.jsonSchema("7").backward("{}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("an earlier schema is not a JSON Schema, which is an object, true or false");
    }
}
