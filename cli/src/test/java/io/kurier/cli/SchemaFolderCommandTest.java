// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.TimestampProto;
import io.kurier.serializers.registry.internal.ProtoText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code kurier schema} with files and a folder. */
class SchemaFolderCommandTest {
    @TempDir
    private Path folder;

    @BeforeEach
    void fill() throws IOException {
        for (String name : List.of("order-1.avsc", "customer-1.json", "shop-1.proto")) {
            Files.copy(file(name), folder.resolve(name));
        }
        FileDescriptorProto shop =
                FileDescriptorProto.parseFrom(ProtoText.descriptor(Files.readString(file("shop-1.proto")), Map.of()));
        FileDescriptorSet set = FileDescriptorSet.newBuilder()
                .addFile(TimestampProto.getDescriptor().toProto())
                .addFile(shop)
                .build();
        Files.write(folder.resolve("shop-1.desc"), set.toByteArray());
        Files.writeString(folder.resolve("note.avsc"), "\"string\"");
        Files.writeString(folder.resolve("ids.properties"), """
                # the ids of the registry
                100001=order-1.avsc
                100002=customer-1.json
                100003=shop-1.desc
                note.avsc
                89791762-2336-4186-9674-299b90a802e2=customer-1.json
                """);
    }

    private static final Path FILES = Path.of("src", "test", "resources", "io", "kurier", "cli", "schema");

    private static Path file(String name) {
        return FILES.resolve(name);
    }

    private CommandRun schema(String... arguments) {
        List<String> all = new ArrayList<>(List.of("schema"));
        all.addAll(List.of(arguments));
        return CommandRun.of(all.toArray(String[]::new));
    }

    private String inFolder() {
        return "--folder=" + folder;
    }

    @Test
    void listsTheFilesOfAFolder() throws IOException {
        CommandRun run = schema("list", inFolder());
        assertThat(run.err()).isEmpty();
        CommandRun.assertGolden("schema/folder-list.txt", run.out());
        assertThat(run.exitCode()).isZero();
    }

    @Test
    void listsThemAsJson() throws IOException {
        CommandRun run = schema("list", inFolder(), "--json");
        CommandRun.assertGolden("schema/folder-list.json", run.out());
        assertThat(run.exitCode()).isZero();
    }

    @Test
    void showsASchemaByItsFileItsIdAndItsGuid() throws IOException {
        CommandRun run = schema("show", "100002", inFolder());
        assertThat(run.err())
                .isEqualTo("kurier: customer-1.json: json, id 100002, GUID 89791762-2336-4186-9674-299b90a802e2\n");
        CommandRun.assertGolden("schema/folder-show.txt", run.out());
        assertThat(run.exitCode()).isZero();
        assertThat(schema("show", "customer-1.json", inFolder())).isEqualTo(run);
        assertThat(schema("show", "89791762-2336-4186-9674-299b90a802e2", inFolder()))
                .isEqualTo(run);
    }

    @Test
    void showsADescriptorSetAsText() throws IOException {
        CommandRun run = schema("show", "100003", inFolder());
        assertThat(run.err())
                .startsWith("kurier: shop-1.desc: protobuf, id 100003, GUID ")
                .contains(schema("show", file("shop-1.proto").toString()).err().replaceFirst(".*GUID ", ""));
        CommandRun.assertGolden("schema/folder-show-desc.txt", run.out());
    }

    @Test
    void computesTheGuidOfATextAsConfluentsRegistryDoes() {
        assertThat(schema("show", "note.avsc", inFolder()))
                .isEqualTo(new CommandRun(
                        0, "\"string\"\n", "kurier: note.avsc: avro, GUID 095d71cf-1255-6b9d-5e33-0ad575b3df5d\n"));
    }

    @Test
    void showsAFileWithoutAnyStore() {
        CommandRun run = schema("show", file("order-2.avsc").toString(), "--json");
        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .startsWith("{\"name\":null,\"version\":null,\"id\":null,\"guid\":\"")
                .contains("\"format\":\"avro\",\"text\":\"{\\n  \\\"type\\\": \\\"record\\\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"order .avsc", "customer .json", "shop .desc"})
    void saysWhatBreaksForWhomComparedWithTheSchemaOfTheSameName(String name) throws IOException {
        Path next = file(name.replace(" ", "-2").replace(".desc", ".proto"));
        CommandRun run = schema("check", next.toString(), inFolder());
        assertThat(run.err()).isEmpty();
        CommandRun.assertGolden(
                "schema/check-" + name.substring(0, name.indexOf(' ')) + ".txt",
                run.out().replace(next.toString(), next.getFileName().toString()));
        assertThat(run.exitCode()).isEqualTo(ExitCode.DIFFERS);
        assertThat(schema("check", name.replace(" ", "-1"), next.toString(), inFolder()))
                .isEqualTo(run);
    }

    @Test
    void endsWithZeroIfNothingBreaks() {
        String same = file("order-1.avsc").toString();
        assertThat(schema("check", same, inFolder()))
                .isEqualTo(new CommandRun(
                        0,
                        "new readers, with " + same + ", and old data, of order-1.avsc: nothing breaks\n"
                                + "existing readers, with order-1.avsc, and new data, of " + same
                                + ": nothing breaks\n",
                        ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"order .avsc", "customer .json", "shop .proto"})
    void printsWhatDiffers(String name) throws IOException {
        CommandRun run = schema(
                "diff",
                (name.endsWith(".proto") ? folder.resolve("shop-1.desc") : file(name.replace(" ", "-1"))).toString(),
                file(name.replace(" ", "-2")).toString());
        assertThat(run.err()).isEmpty();
        CommandRun.assertGolden("schema/diff-" + name.substring(0, name.indexOf(' ')) + ".txt", run.out());
        assertThat(run.exitCode()).isEqualTo(ExitCode.DIFFERS);
    }

    @Test
    void saysThatNothingDiffers() throws IOException {
        assertThat(schema("diff", "100001", file("order-1.avsc").toString(), inFolder()))
                .isEqualTo(new CommandRun(0, "equal\n", ""));
        Path other = Files.writeString(
                folder.resolve("other.avsc"),
                Files.readString(file("order-1.avsc")).replace("An order.", "Another text."));
        assertThat(schema("diff", "order-1.avsc", other.toString(), inFolder()))
                .isEqualTo(new CommandRun(0, "equal apart from order, documentation and properties\n", ""));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            schema                                   | name what to do: list, show, register, check or diff; see kurier schema --help
            schema list                              | name a registry by --registry URL, or a folder by --folder DIR; see kurier schema list --help
            schema list --set a=b                    | --set: it is for a registry; name that by --registry URL; see kurier schema list --help
            schema list --folder=nowhere             | nowhere: there is no such folder
            schema list --folder=src                 | src/ids.properties: there is no such file; it has the ids of the schemas in lines such as 100001=order.avsc
            schema show orders-value                 | orders-value: there is no such file; for a subject or an id name a registry by --registry URL, or a folder by --folder DIR
            schema show nothing FOLDER               | DIR: nothing is not in ids.properties
            schema show 7 FOLDER                     | DIR: the id 7 is not in ids.properties
            schema show order-1.avsc:2 FOLDER        | order-1.avsc:2: a folder has no versions; name a file of it, or a registry by --registry URL
            schema diff FILES/order-1.avsc FILES/customer-1.json | FILES/order-1.avsc is avro and FILES/customer-1.json is json; only schemas of one format can be compared
            schema check pom.xml FOLDER              | pom.xml: its extension does not say which format it has; Avro is .avsc, JSON Schema .json, Protobuf .proto, a descriptor set of Protobuf .desc
            schema check nowhere.avsc FOLDER         | nowhere.avsc: there is no such file
            schema register a FILES/order-1.avsc FOLDER | --folder: a folder cannot give a schema an id; name by --registry the registry that does, or write the file's name alone into ids.properties, which is enough for the framing confluent-header; see kurier schema register --help
            schema register a FILES/order-1.avsc     | name a registry by --registry URL, or a folder by --folder DIR; see kurier schema register --help
            schema register a b --reference c=d FOLDER | --reference c=d: it has the form NAME=SUBJECT:VERSION; see kurier schema register --help
            """)
    void endsWrongUsageWithOneLineAndTwo(String line, String message) {
        String files = FILES.toString();
        String[] arguments = line.strip()
                .replace("FOLDER", inFolder())
                .replace("FILES", files)
                .split(" ");
        String expected = message.strip().replace("FILES", files).replace("DIR:", folder + ":");
        assertThat(CommandRun.of(arguments))
                .isEqualTo(new CommandRun(ExitCode.USAGE, "", "kurier: " + expected + "\n"));
    }

    @Test
    void namesTheFileThatIsNoSchema() throws IOException {
        Files.writeString(folder.resolve("order-1.avsc"), "{\"type\": \"record\"}");
        CommandRun run = schema("list", inFolder());
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.errLines())
                .singleElement()
                .asString()
                .startsWith("kurier: order-1.avsc is not a schema of avro: ");
    }

    @Test
    void refusesToChooseAmongSeveralSchemasOfOneName() throws IOException {
        Files.copy(file("order-2.avsc"), folder.resolve("order-2.avsc"));
        Files.writeString(folder.resolve("ids.properties"), "1=order-1.avsc\n2=order-2.avsc\n");
        String next = file("order-2.avsc").toString();
        assertThat(schema("check", next, inFolder()))
                .isEqualTo(new CommandRun(
                        ExitCode.USAGE,
                        "",
                        "kurier: " + folder + ": several schemas of the folder have the name of that in " + next
                                + ": order-1.avsc, order-2.avsc; name one of them before the file\n"));
    }
}
