// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.registry.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is refused, what stays open, and what Base64 is taken for. */
class ProtoTextErrorsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {"type":"record"} | line 1, column 1 has "{", where a declaration is expected
                    message M { string a = 0; } | line 1, column 24 has a number that is not the number of a field
                    message M { string a = 1 } | line 1, column 26 has "}", where ";" is expected
                    message M { string a = 1; | line 1, column 26 is the end of the text, where a name is expected
                    syntax = "proto9"; | line 1, column 10 names a syntax or edition that this version does not know
                    message M { int32 a = 1; int32 a = 2; } | line 1, column 32 declares a field of a name that another one has
                    enum E { A = 4294967296; } | line 1, column 14 has a number that is not the number of a value
                    import "a | line 1, column 8 has a string that does not end in its line
                    import "\\q"; | line 1, column 8 has a string with an escape that .proto texts do not have
                    /* a | line 1, column 1 begins a comment that does not end
                    message M { oneof o { map<int32, int32> m = 1; } } | line 1, column 23 has "map", where a field that is no map is expected
                    """)
    void refusesWhatIsNoText(String text, String message) {
        assertThatThrownBy(() -> ProtoText.descriptor(text, Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void countsLinesAndColumnsBehindComments() {
        assertThatThrownBy(() -> ProtoText.descriptor("// one\n/* two\n three */ message M {\n\n  ?", Map.of()))
                .hasMessage("line 5, column 3 has \"?\", where a name is expected");
    }

    @Test
    void namesTheImportThatIsNoText() {
        assertThatThrownBy(() -> ProtoText.descriptor("import \"b.proto\";", Map.of("b.proto", "?")))
                .hasMessage("imports b.proto, of which line 1, column 1 has \"?\", where a declaration is expected");
    }

    @Test
    void keepsTheNamesOfTypesThatNoTextDeclares() throws Exception {
        FieldDescriptorProto field = field("package a; message M { optional google.type.Money price = 1; }");

        assertThat(field.getTypeName()).isEqualTo("google.type.Money");
        assertThat(field.hasType()).isFalse();
    }

    @Test
    void findsTypesFromTheInnermostScopeOutward() throws Exception {
        assertThat(field("package a.b; message M { optional T t = 1; message T {} } message T {}")
                        .getTypeName())
                .isEqualTo(".a.b.M.T");
        assertThat(field("package a.b; message M { optional b.T t = 1; } message T {}")
                        .getTypeName())
                .isEqualTo(".a.b.T");
        assertThat(field("package a.b; message M { optional .T t = 1; } message T {}")
                        .getTypeName())
                .isEqualTo(".T");
        assertThat(field("package a.b; message M { optional T t = 1; } enum T { A = 0; }")
                        .getType())
                .isEqualTo(FieldDescriptorProto.Type.TYPE_ENUM);
    }

    private static FieldDescriptorProto field(String text) throws Exception {
        return FileDescriptorProto.parseFrom(ProtoText.descriptor(text, Map.of()))
                .getMessageType(0)
                .getField(0);
    }

    @Test
    void takesTheBase64OfADescriptorAsTheDescriptor() {
        byte[] descriptor = ProtoText.descriptor(ProtoSamples.MODERN, Map.of());
        String base64 = Base64.getEncoder().encodeToString(descriptor);

        assertThat(ProtoText.descriptor(base64 + "\n", Map.of())).isEqualTo(descriptor);
        String importing = "import \"m.proto\"; message M { optional modern.Entry e = 1; }";
        assertThat(ProtoText.descriptor(importing, Map.of("m.proto", base64)))
                .isEqualTo(ProtoText.descriptor(importing, Map.of("m.proto", ProtoSamples.MODERN)));
        assertThatThrownBy(() -> ProtoText.descriptor("message", Map.of()))
                .hasMessageStartingWith(
                        "line 1, column 1 begins neither a .proto text nor the Base64 of a descriptor: ");
        assertThatThrownBy(() -> ProtoText.descriptor("messages1", Map.of()))
                .hasMessage("line 1, column 1 begins neither a .proto text nor the Base64 of a descriptor");
    }

    @Test
    void anEmptyTextIsAnEmptyFile() {
        assertThat(ProtoText.descriptor("", Map.of())).isEmpty();
        assertThat(ProtoText.of(new byte[0])).isEqualTo("syntax = \"proto2\";\n");
    }

    @Test
    void doesNotPrintANameThatIsNone() {
        FileDescriptorProto.Builder file = FileDescriptorProto.newBuilder();
        file.addMessageTypeBuilder().setName("M {} message N");

        assertThatThrownBy(() -> ProtoText.of(file.build().toByteArray()))
                .hasMessage("the name \"M {} message N\" is none that a .proto text can have");
    }
}
