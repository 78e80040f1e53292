// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.registry;

import static io.kurier.serializers.registry.Sources.avro;
import static io.kurier.serializers.registry.Sources.await;
import static io.kurier.serializers.registry.Sources.identify;
import static io.kurier.serializers.registry.Sources.json;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.kurier.serializers.framings.SchemaSource;
import io.kurier.serializers.registry.internal.ProtoText;
import io.kurier.spi.PayloadSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Each error of the source itself, in {@code golden/source-errors.txt}. After a change on purpose {@code
 * -Dgolden.update=true} writes the file anew; the difference is for the reviewer.
 */
@Timeout(60)
class SourceErrorsTest {
    private static final Path GOLDEN = Path.of("src/test/resources/golden/source-errors.txt");
    private static final PayloadSchema ORDER = avro(Sources.ORDER);

    private final List<String> lines = new ArrayList<>();
    private final TestRegistry registry = new TestRegistry();

    private void add(String title, ThrowingCallable call) {
        Throwable thrown = catchThrowable(call);
        assertThat(thrown).as(title).isNotNull();
        lines.add("# " + title);
        lines.add(String.valueOf(thrown.getMessage()).replace(registry.url(), "REGISTRY"));
    }

    private void refused(String title, String format, String... keys) {
        add(title, () -> Sources.of(registry, format, keys).close());
    }

    private void unknown(String title, String format, PayloadSchema schema, String... keys) {
        try (SchemaSource source = Sources.of(registry, format, keys)) {
            add(title, () -> identify(source, schema));
        }
    }

    @Test
    void eachErrorSaysWhatToDo() throws IOException {
        refused("two ways to an id", "avro", "auto.register.schemas", "true", "use.latest.version", "true");
        refused(
                "three ways to an id",
                "avro",
                "auto.register.schemas",
                "true",
                "use.latest.version",
                "true",
                "use.schema.id",
                "5");
        refused("no such strategy", "avro", "subject.name.strategy", "AssociatedNameStrategy");
        refused("no context", "avro", "context", ":.a:b");
        refused("no reference", "avro", "schema.references", "com.example.Customer=customer");
        refused("no version of a reference", "avro", "schema.references", "com.example.Customer=customer:0");
        refused("references of Protobuf", "protobuf", "schema.references", "a.proto=a:1");

        unknown("not registered", "avro", ORDER);
        unknown("no name", "avro", avro("\"string\""), "subject.name.strategy", "topic-record");
        registry.register("orders-value", "JSON", "{}");
        unknown("another format", "avro", ORDER, "use.latest.version", "true");
        unknown("another JSON Schema", "json", json(Sources.JSON_ORDER), "use.latest.version", "true");
        registry.register("orders-value", "PROTOBUF", "message Order {}");
        PayloadSchema file = PayloadSchema.of(
                "protobuf",
                "Order",
                Base64.getEncoder()
                        .encodeToString(ProtoText.descriptor("message Order { optional int32 id = 1; }", Map.of())));
        unknown("another message", "protobuf", file, "use.latest.version", "true");
        unknown("no such file", "protobuf", file);
        registry.next(9).register("broken", "PROTOBUF", "message {");
        try (SchemaSource source = Sources.of(registry, "protobuf")) {
            add("not a .proto text", () -> await(() -> source.findById(9)));
        }
        registry.register("orders-value", "AVRO", Sources.ORDER);
        registry.rules("orders-value", TestRegistry.rule("encrypt", "WRITEREAD", false));
        unknown("a rule for writing", "avro", ORDER);
        try (SchemaSource source = Sources.of(registry, "avro")) {
            add("a rule for reading", () -> await(() -> source.findById(10)));
        }

        String text = String.join("\n", lines) + "\n";
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(GOLDEN, text, UTF_8);
        }
        registry.close();
        assertThat(text).as("-Dgolden.update=true rewrites it").isEqualTo(Files.readString(GOLDEN, UTF_8));
    }
}
