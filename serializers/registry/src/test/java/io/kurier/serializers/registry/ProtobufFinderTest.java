// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.registry;

import static io.kurier.serializers.registry.Sources.await;
import static io.kurier.serializers.registry.Sources.identify;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kurier.serializers.framings.RegisteredSchema;
import io.kurier.serializers.framings.SchemaSource;
import io.kurier.serializers.registry.internal.ProtoText;
import io.kurier.serializers.registry.internal.SchemaReference;
import io.kurier.spi.PayloadSchema;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The ids of Protobuf files, which are compared as descriptors, and the requests that they need. */
@Timeout(60)
class ProtobufFinderTest {
    private static final String CUSTOMER_PATH = "shop/customer.proto";
    private static final String CUSTOMER =
            "syntax = \"proto3\";\npackage shop.v1;\nmessage Customer {\n  string id = 1;\n}\n";
    private static final String PLAIN =
            "syntax = \"proto3\";\npackage shop.v1;\nmessage Order {\n  string id = 1;\n}\nmessage Line {}\n";

    /** As a person writes it, with the messages in another order. */
    private static final String COMMENTED = "// the shop\nsyntax = \"proto3\";\npackage shop.v1;\n\n"
            + "message Line {} // a line\nmessage Order { string id = 1; /* its id */ }\n";

    private static final String LONGER = PLAIN.replace("id = 1;", "id = 1;\n  int64 cents = 2;");
    private static final String IMPORTING = "syntax = \"proto3\";\npackage shop.v1;\n"
            + "import \"google/protobuf/timestamp.proto\";\nimport \"shop/customer.proto\";\n"
            + "message Order {\n  string id = 1;\n  Customer customer = 2;\n  google.protobuf.Timestamp at = 3;\n}\n";

    private final TestRegistry registry = new TestRegistry();

    @AfterEach
    void stop() {
        registry.close();
    }

    private record File(String fullName, String text, Map<String, String> imports) implements PayloadSchema {
        @Override
        public String format() {
            return "protobuf";
        }
    }

    private static PayloadSchema order(String text) {
        return order(text, Map.of());
    }

    private static PayloadSchema order(String text, Map<String, String> imports) {
        Map<String, String> encoded = new HashMap<>();
        imports.forEach((path, imported) -> encoded.put(path, encoded(imported, Map.of())));
        return new File("shop.v1.Order", encoded(text, imports), encoded);
    }

    private static String encoded(String text, Map<String, String> imports) {
        return Base64.getEncoder().encodeToString(ProtoText.descriptor(text, imports));
    }

    private long id(PayloadSchema schema, String... keys) {
        return Objects.requireNonNull(found(schema, keys).id());
    }

    private RegisteredSchema found(PayloadSchema schema, String... keys) {
        try (SchemaSource source = Sources.of(registry, "protobuf", keys)) {
            return Objects.requireNonNull(identify(source, schema));
        }
    }

    @Test
    void theLatestVersionIsComparedByOneRequest() {
        registry.next(4).register("orders-value", "PROTOBUF", COMMENTED);

        RegisteredSchema found = found(order(PLAIN));

        assertThat(found.id()).isEqualTo(4);
        assertThat(registry.requests()).containsExactly("GET /subjects/orders-value/versions/latest");
        // message indexes are those of the registered text
        assertThat(found.text()).isEqualTo(encoded(COMMENTED, Map.of()));
    }

    @Test
    void anOlderVersionIsFoundByItsTextOrByItsNumber() {
        registry.register("orders-value", "PROTOBUF", COMMENTED);
        registry.register("orders-value", "PROTOBUF", LONGER);

        assertThat(id(order(PLAIN))).isEqualTo(1);
        assertThat(registry.requests())
                .containsExactly(
                        "GET /subjects/orders-value/versions/latest",
                        "POST /subjects/orders-value",
                        "GET /subjects/orders-value/versions",
                        "GET /subjects/orders-value/versions/1");
    }

    @Test
    void anotherFileIsNotRegistered() {
        registry.register("orders-value", "PROTOBUF", LONGER);

        assertThatThrownBy(() -> id(order(PLAIN)))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("the schema shop.v1.Order is not registered under orders-value");
        assertThatThrownBy(() -> id(order(PLAIN.replace("Order", "Sale")))).hasMessageContaining("not registered");
    }

    @Test
    void registersAFileWithItsImports() {
        PayloadSchema order = order(IMPORTING, Map.of(CUSTOMER_PATH, CUSTOMER));

        long id = id(order, "auto.register.schemas", "true");

        assertThat(registry.references("orders-value", 1))
                .containsExactly(new SchemaReference(CUSTOMER_PATH, CUSTOMER_PATH, 1));
        assertThat(registry.text(CUSTOMER_PATH, 1)).contains("message Customer").doesNotContain("Order");
        assertThat(id(order, "auto.register.schemas", "true")).isEqualTo(id);
        assertThat(id(order)).isEqualTo(id);
        assertThat(registry.versions("orders-value")).isEqualTo(1);
        assertThat(registry.versions(CUSTOMER_PATH)).isEqualTo(1);
    }

    @Test
    void anImportThatDiffersIsAnotherSchema() {
        id(order(IMPORTING, Map.of(CUSTOMER_PATH, CUSTOMER)), "auto.register.schemas", "true");
        PayloadSchema other = order(IMPORTING, Map.of(CUSTOMER_PATH, CUSTOMER.replace("string id", "int32 id")));

        assertThatThrownBy(() -> id(other)).hasMessageContaining("not registered");
    }

    @Test
    void aRegistryThatAnswersWithTheIdOnlyIsAskedForTheVersion() {
        registry.registeringWithTheIdOnly();

        assertThat(id(order(IMPORTING, Map.of(CUSTOMER_PATH, CUSTOMER)), "auto.register.schemas", "true"))
                .isEqualTo(2);
        assertThat(registry.references("orders-value", 1)).hasSize(1);
    }

    @Test
    void theLatestVersionMayHaveMoreFields() {
        registry.register("orders-value", "PROTOBUF", LONGER);

        RegisteredSchema latest = found(order(PLAIN), "use.latest.version", "true");

        assertThat(latest.id()).isEqualTo(1);
        assertThat(latest.text()).isEqualTo(encoded(LONGER, Map.of()));
        assertThatThrownBy(() -> id(order(PLAIN.replace("string id", "int64 id")), "use.latest.version", "true"))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("the message shop.v1.Order")
                .hasMessageContaining("with the id 1");
        assertThatThrownBy(() -> id(order(PLAIN.replace("id = 1", "id = 9")), "use.latest.version", "true"))
                .isInstanceOf(SerializationException.class);
    }

    @Test
    void aRegisteredTextIsReadAsItsDescriptor() {
        registry.next(3).register("elsewhere", "PROTOBUF", IMPORTING);
        try (SchemaSource source = Sources.of(registry, "protobuf")) {
            RegisteredSchema read = Objects.requireNonNull(await(() -> source.findById(3)));
            assertThat(read.format()).isEqualTo("protobuf");
            assertThat(read.text()).isEqualTo(encoded(IMPORTING, Map.of()));
        }
    }
}
