// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.framings;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.kurier.serializers.internal.IdsFile;
import io.kurier.spi.PayloadSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each error of a folder with schemas, in {@code golden/errors.txt}. After a change on purpose {@code
 * -Dgolden.update=true} writes the file anew; the difference is for the reviewer.
 */
class SchemaFolderErrorsTest {
    private static final Path GOLDEN = Path.of("src/test/resources/golden/errors.txt");

    @TempDir
    private Path temporary;

    private final List<String> lines = new ArrayList<>();

    private Folder folder(String... ids) throws IOException {
        Path made = Files.createTempDirectory(temporary, "folder");
        return new Folder(made)
                .with("order.avsc", Schemas.ORDER_FILE)
                .with("same.avsc", Schemas.ORDER.toString())
                .with("reading.avsc", Schemas.READING_FILE)
                .with("other.avsc", Schemas.READING_FILE.replace("celsius", "kelvin"))
                .with("half.avsc", "{\"type\":\"record\",\n \"name\":")
                .with("latin.avsc", new byte[] {'"', (byte) 0xE9, '"'})
                .with("order.json", Schemas.JSON_ORDER)
                .with("half.desc", new byte[] {10, 9, 1})
                .with("empty.desc", new byte[0])
                .copy("shop.desc", Folder.SHOP)
                .ids(ids);
    }

    @Test
    void eachErrorNamesFileLineAndWhatToDo() throws IOException {
        start("the key is not set", Map.of("schemas", "file"));
        start("the resource is not set", Map.of("schemas", "classpath"));
        start("no such folder", Map.of("schemas", "file", "schemas.folder", "no/such/folder"));
        start("no such resource", Map.of("schemas", "classpath", "schemas.resource", "no/such/resource"));
        Folder without = folder();
        Files.delete(without.path().resolve(IdsFile.NAME));
        start("no file of ids", without);
        start("no file", folder("1=order.avsc", "", "2=ordr.avsc"));
        start("the line has no file", folder("1="));
        start("not a number", folder("one=order.avsc"));
        start("a negative number", folder("# ids", "-1=order.avsc"));
        start("a number too large", folder("1234567890123456789012=order.avsc"));
        start("an id twice", folder("1=order.avsc", "2=reading.avsc", "1=order.json"));
        start(
                "a GUID twice",
                folder(
                        "89791762-2336-4186-9674-299b90a802e2=order.avsc",
                        "89791762-2336-4186-9674-299B90A802E2=reading.avsc"));
        start("a file twice", folder("1=order.avsc", "2=order.avsc"));
        start(
                "a file with two GUIDs",
                folder(
                        "89791762-2336-4186-9674-299b90a802e2=order.avsc",
                        "89791762-2336-4186-9674-299b90a802e3=order.avsc"));
        start("a schema twice", folder("1=order.avsc", "2=reading.avsc", "3=same.avsc"));
        start("not a schema file", folder("1=order.txt"));
        start("outside of the folder", folder("1=../order.avsc"));
        start("not JSON", folder("1=order.avsc", "2=half.avsc"));
        start("not UTF-8", folder("1=latin.avsc"));
        start("not a descriptor set", folder("1=half.desc"));
        start("an empty descriptor set", folder("1=empty.desc"));

        write("another schema of the name", "confluent", "avro", folder("1=order.avsc", "2=other.avsc"));
        write("no schema of the name", "confluent", "avro", folder("1=order.avsc"));
        write("no number", "confluent", "avro", folder("reading.avsc"));
        write("a number of more than four bytes", "confluent", "avro", folder("3000000000=reading.avsc"));
        write("no schema at all", "confluent", "json", folder("1=order.json"));
        write("another file of the message", "confluent", "protobuf", folder("1=shop.desc"));

        String text = String.join("\n", lines) + "\n";
        if (Boolean.getBoolean("golden.update")) {
            Files.createDirectories(GOLDEN.getParent());
            Files.writeString(GOLDEN, text);
        }
        assertThat(text).as("-Dgolden.update=true rewrites it").isEqualTo(Files.readString(GOLDEN, UTF_8));
    }

    private void start(String what, Folder folder) {
        start(what, Frames.file(folder));
    }

    private void start(String what, Map<String, String> keys) {
        Throwable error = catchThrowable(() -> Frames.of(new ConfluentPlugin(), "avro", keys));
        assertThat(error).as(what).isInstanceOf(ConfigException.class);
        add(what, error);
    }

    private void write(String what, String framing, String format, Folder folder) {
        Throwable error = catchThrowable(() -> Frames.confluent(format, folder)
                .writer(
                        "orders",
                        switch (format) {
                            case "avro" -> PayloadSchema.of("avro", "com.example.Reading", Schemas.READING_FILE);
                            case "json" -> PayloadSchema.of("json", null, null);
                            default ->
                                Schemas.protobuf(
                                        "shop.v1.Order",
                                        Base64.getEncoder().encodeToString(Protos.reordered(Protos.shop())));
                        }));
        assertThat(error).as(what).isInstanceOf(SerializationException.class);
        add(what, error);
    }

    private void add(String what, Throwable error) {
        lines.add("# " + what);
        lines.add(String.valueOf(error.getMessage())
                .replaceAll("/\\S*/folder[0-9]+", "FOLDER")
                .replace(Path.of("").toAbsolutePath().toString(), "HERE"));
    }
}
