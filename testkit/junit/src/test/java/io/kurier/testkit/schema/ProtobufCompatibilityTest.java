// SPDX-License-Identifier: Apache-2.0
package io.kurier.testkit.schema;

import static io.kurier.testkit.schema.Compared.assertViolations;
import static io.kurier.testkit.schema.Compared.cell;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProtobufCompatibilityTest {
    private static final Pattern FIELD = Pattern.compile("(\\w+) (\\w+) (\\w+) = (\\d+)(?: in (\\w+))?");
    private static final Pattern RESERVED = Pattern.compile("reserved (\\d+)");
    private static final Pattern RESERVED_NAME = Pattern.compile("reserved '(\\w+)'");
    private static final Pattern VALUE = Pattern.compile("value (\\w+) = (\\d+)");
    private static final Pattern RESERVED_VALUE = Pattern.compile("reserved value (\\d+)");

    /** Fields of {@code Order}; a field of type {@code Item} has the fields that begin with {@code item}. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        equal                   | optional int32 a = 1 | optional int32 a = 1 | - | -
        added                   | optional int32 a = 1 | optional int32 a = 1; optional int32 b = 2 | - | -
        renamed                 | optional int32 a = 1 | optional int32 b = 1 | - | -
        removed                 | optional int32 a = 1 | optional int32 b = 2 | example.Order.a: FIELD_REMOVED | example.Order.a: FIELD_REMOVED
        removed and reserved    | optional int32 a = 1 | reserved 1 | - | -
        renumbered              | optional int32 a = 1 | optional int32 a = 2 | example.Order.a: FIELD_RENUMBERED | example.Order.a: FIELD_RENUMBERED
        swapped                 | optional int32 a = 1; optional int32 b = 2 | optional int32 b = 1; optional int32 a = 2 | example.Order.a: FIELD_RENUMBERED, example.Order.b: FIELD_RENUMBERED | example.Order.a: FIELD_RENUMBERED, example.Order.b: FIELD_RENUMBERED
        retyped                 | optional int32 a = 1 | optional string a = 1 | example.Order.a: FIELD_RETYPED | example.Order.a: FIELD_RETYPED
        int32 to sint32         | optional int32 a = 1 | optional sint32 a = 1 | example.Order.a: FIELD_RETYPED | example.Order.a: FIELD_RETYPED
        int32 to fixed32        | optional int32 a = 1 | optional fixed32 a = 1 | example.Order.a: FIELD_RETYPED | example.Order.a: FIELD_RETYPED
        float to double         | optional float a = 1 | optional double a = 1 | example.Order.a: FIELD_RETYPED | example.Order.a: FIELD_RETYPED
        int32 to int64          | optional int32 a = 1 | optional int64 a = 1 | - | -
        uint64 to bool          | optional uint64 a = 1 | optional bool a = 1 | - | -
        int32 to an enum        | optional int32 a = 1; value X = 0 | optional Kind a = 1; value X = 0 | - | -
        bool to an enum         | optional bool a = 1; value X = 0 | optional Kind a = 1; value X = 0 | example.Order.a: FIELD_RETYPED | example.Order.a: FIELD_RETYPED
        sint32 to sint64        | optional sint32 a = 1 | optional sint64 a = 1 | - | -
        fixed64 to sfixed64     | optional fixed64 a = 1 | optional sfixed64 a = 1 | - | -
        string to bytes         | optional string a = 1 | optional bytes a = 1 | - | -
        bytes to a message      | optional bytes a = 1 | optional Item a = 1; item optional int32 n = 1 | - | -
        string to a message     | optional string a = 1 | optional Item a = 1; item optional int32 n = 1 | example.Order.a: FIELD_RETYPED | example.Order.a: FIELD_RETYPED
        several strings         | optional string a = 1 | repeated string a = 1 | - | -
        several numbers         | optional int32 a = 1 | repeated int32 a = 1 | example.Order.a: FIELD_RETYPED | example.Order.a: FIELD_RETYPED
        required                | optional int32 a = 1 | required int32 a = 1 | example.Order.a: REQUIRED_ADDED | -
        no longer required      | required int32 a = 1 | optional int32 a = 1 | - | example.Order.a: REQUIRED_REMOVED
        a required one added    | optional int32 a = 1 | optional int32 a = 1; required int32 b = 2 | example.Order.b: REQUIRED_ADDED | -
        a required one removed  | required int32 a = 1 | reserved 1 | - | example.Order.a: REQUIRED_REMOVED
        a reserved number       | reserved 2 | optional int32 b = 2 | example.Order.b: RESERVED_REUSED | example.Order.b: RESERVED_REUSED
        a reserved name         | reserved 'b' | optional int32 b = 2 | example.Order.b: RESERVED_REUSED | example.Order.b: RESERVED_REUSED
        a value removed         | optional Kind a = 1; value X = 0; value Y = 1 | optional Kind a = 1; value X = 0 | example.Order.a: ENUM_VALUE_REMOVED | -
        a value reserved        | optional Kind a = 1; value X = 0; value Y = 1 | optional Kind a = 1; value X = 0; reserved value 1 | - | -
        a value added           | optional Kind a = 1; value X = 0 | optional Kind a = 1; value X = 0; value Y = 1 | - | -
        a value renumbered      | optional Kind a = 1; value X = 0; value Y = 1 | optional Kind a = 1; value X = 0; value Y = 2 | example.Order.a: ENUM_VALUE_RENUMBERED | example.Order.a: ENUM_VALUE_RENUMBERED
        a reserved value        | optional Kind a = 1; value X = 0; reserved value 1 | optional Kind a = 1; value X = 0; value Y = 1 | example.Order.a: RESERVED_REUSED | example.Order.a: RESERVED_REUSED
        one into a new oneof    | optional int32 a = 1 | optional int32 a = 1 in o; optional int32 b = 2 in o | - | -
        two into a new oneof    | optional int32 a = 1; optional int32 b = 2 | optional int32 a = 1 in o; optional int32 b = 2 in o | example.Order.a: FIELD_MOVED_INTO_ONEOF, example.Order.b: FIELD_MOVED_INTO_ONEOF | -
        one into a oneof        | optional int32 a = 1 in o; optional int32 b = 2 | optional int32 a = 1 in o; optional int32 b = 2 in o | example.Order.b: FIELD_MOVED_INTO_ONEOF | -
        one out of a oneof      | optional int32 a = 1 in o; optional int32 b = 2 in o | optional int32 a = 1 in o; optional int32 b = 2 | - | example.Order.b: FIELD_MOVED_OUT_OF_ONEOF
        in a message            | optional Item a = 1; item optional int32 n = 1 | optional Item a = 1; item optional string n = 1 | example.Order.a.n: FIELD_RETYPED | example.Order.a.n: FIELD_RETYPED
        in repeated messages    | repeated Item a = 1; item optional int32 n = 1 | repeated Item a = 1; item required int32 n = 1 | example.Order.a.n: REQUIRED_ADDED | -
        in one that has itself  | optional Item a = 1; item optional Item next = 1; item optional int32 n = 2 | optional Item a = 1; item optional Item next = 1; item optional int32 n = 3 | example.Order.a.n: FIELD_RENUMBERED | example.Order.a.n: FIELD_RENUMBERED
        """)
    void eachRuleInBothDirections(String change, String earlier, String next, String backward, String forward)
            throws DescriptorValidationException {
        assertViolations(SchemaCompatibility.protobuf(order(earlier)), order(next), cell(backward), cell(forward));
    }

    @Test
    void aFailureNamesTheVersionTheDirectionTheFieldAndTheRule() throws DescriptorValidationException {
        Descriptor next = order("optional int64 b = 2");
        SchemaCompatibility<Descriptor> earlier =
                SchemaCompatibility.protobuf(order("optional int32 a = 1"), order("reserved 1"));
        assertThatThrownBy(() -> earlier.backward(next))
                .isInstanceOf(AssertionError.class)
                .hasMessage("not backward compatible with version 1 of 2: a reader with the new schema has to read what"
                        + " that version wrote\n"
                        + "  example.Order.a: FIELD_REMOVED: its number 1 is not reserved: write reserved 1; so that no"
                        + " later field gets its values");
    }

    @Test
    void messagesOfDescriptorSetsAreComparedByTheirNames() throws DescriptorValidationException {
        byte[] earlier = set("optional Item a = 1; item optional int32 n = 1");
        byte[] next = set("optional Item a = 1; item optional string n = 1");
        assertThatCode(() ->
                        SchemaCompatibility.protobuf("example.Order", earlier).full(earlier))
                .doesNotThrowAnyException();
        for (String message : List.of("example.Order", "example.Order.Item")) {
            assertThatThrownBy(
                            () -> SchemaCompatibility.protobuf(message, earlier).backward(next))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining(".n: FIELD_RETYPED: the field 1 was int32 and is string");
        }
        assertThatThrownBy(() ->
                        SchemaCompatibility.protobuf("example.Ordre", earlier).backward(next))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the descriptor set has no message example.Ordre. It has the files [order.proto]");
        assertThatThrownBy(() -> SchemaCompatibility.protobuf("example.Order", new byte[] {1})
                        .backward(next))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("not a valid descriptor set: ");
    }

    @Test
    void aSetWithoutItsImportsIsRefusedWithTheOptionOfProtoc() {
        byte[] set = FileDescriptorSet.newBuilder()
                .addFile(FileDescriptorProto.newBuilder().setName("order.proto").addDependency("item.proto"))
                .build()
                .toByteArray();
        assertThatThrownBy(() -> SchemaCompatibility.protobuf("Order", set).backward(set))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the descriptor set lacks item.proto, which order.proto imports."
                        + " Write it by protoc --include_imports");
    }

    private static byte[] set(String fields) throws DescriptorValidationException {
        return FileDescriptorSet.newBuilder()
                .addFile(order(fields).getFile().toProto())
                .build()
                .toByteArray();
    }

    private static Descriptor order(String fields) throws DescriptorValidationException {
        DescriptorProto.Builder order = DescriptorProto.newBuilder().setName("Order");
        DescriptorProto.Builder item = DescriptorProto.newBuilder().setName("Item");
        EnumDescriptorProto.Builder kind = EnumDescriptorProto.newBuilder().setName("Kind");
        for (String line : fields.split("; ", -1)) {
            Matcher value = VALUE.matcher(line);
            Matcher reservedValue = RESERVED_VALUE.matcher(line);
            if (value.matches()) {
                kind.addValueBuilder().setName(value.group(1)).setNumber(Integer.parseInt(value.group(2)));
            } else if (reservedValue.matches()) {
                int number = Integer.parseInt(reservedValue.group(1));
                kind.addReservedRangeBuilder().setStart(number).setEnd(number);
            } else if (line.startsWith("item ")) {
                add(line.substring("item ".length()), item);
            } else {
                add(line, order);
            }
        }
        if (kind.getValueCount() > 0) {
            order.addEnumType(kind);
        }
        FileDescriptorProto file = FileDescriptorProto.newBuilder()
                .setName("order.proto")
                .setPackage("example")
                .addMessageType(order.addNestedType(item))
                .build();
        return FileDescriptor.buildFrom(file, new FileDescriptor[0])
                .getMessageTypes()
                .get(0);
    }

    private static void add(String line, DescriptorProto.Builder message) {
        Matcher reserved = RESERVED.matcher(line);
        Matcher reservedName = RESERVED_NAME.matcher(line);
        Matcher field = FIELD.matcher(line);
        if (reserved.matches()) {
            int number = Integer.parseInt(reserved.group(1));
            message.addReservedRangeBuilder().setStart(number).setEnd(number + 1);
        } else if (reservedName.matches()) {
            message.addReservedName(reservedName.group(1));
        } else if (field.matches()) {
            FieldDescriptorProto.Builder added = message.addFieldBuilder()
                    .setLabel(FieldDescriptorProto.Label.valueOf(
                            "LABEL_" + field.group(1).toUpperCase(Locale.ROOT)))
                    .setName(field.group(3))
                    .setNumber(Integer.parseInt(field.group(4)));
            String type = field.group(2);
            switch (type) {
                case "Item" -> added.setTypeName(".example.Order.Item");
                case "Kind" -> added.setTypeName(".example.Order.Kind");
                default -> added.setType(FieldDescriptorProto.Type.valueOf("TYPE_" + type.toUpperCase(Locale.ROOT)));
            }
            if (field.group(5) != null) {
                if (message.getOneofDeclCount() == 0) {
                    message.addOneofDeclBuilder().setName(field.group(5));
                }
                added.setOneofIndex(0);
            }
        } else {
            throw new IllegalArgumentException(line);
        }
    }
}
