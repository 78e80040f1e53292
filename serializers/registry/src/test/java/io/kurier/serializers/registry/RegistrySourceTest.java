// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.registry;

import static io.kurier.serializers.registry.Sources.avro;
import static io.kurier.serializers.registry.Sources.await;
import static io.kurier.serializers.registry.Sources.identify;
import static io.kurier.serializers.registry.Sources.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kurier.serializers.framings.RegisteredSchema;
import io.kurier.serializers.framings.SchemaSource;
import io.kurier.serializers.registry.internal.SchemaReference;
import io.kurier.spi.NotReadyException;
import io.kurier.spi.PayloadSchema;
import java.util.Objects;
import java.util.UUID;
import org.apache.avro.Schema;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The ids of Avro and JSON Schema in a registry, and the requests that they need. */
@Timeout(60)
class RegistrySourceTest {
    private static final PayloadSchema ORDER = avro(Sources.ORDER);

    private final TestRegistry registry = new TestRegistry();

    @AfterEach
    void stop() {
        registry.close();
    }

    private static Long id(SchemaSource source, PayloadSchema schema) {
        return Objects.requireNonNull(
                Objects.requireNonNull(identify(source, schema)).id());
    }

    @Test
    void asksOnceForASubjectAndNeverAgain() {
        registry.next(100_001).register("orders-value", "AVRO", Sources.ORDER);
        try (SchemaSource source = Sources.of(registry, "avro")) {
            assertThat(id(source, ORDER)).isEqualTo(100_001);
            registry.close();
            assertThat(id(source, ORDER)).isEqualTo(100_001);
        }
        assertThat(registry.requests()).containsExactly("POST /subjects/orders-value");
    }

    @Test
    void oneRequestIsUnderWayForAllThatWait() {
        registry.register("orders-value", "AVRO", Sources.ORDER);
        registry.hold();
        try (SchemaSource source = Sources.of(registry, "avro")) {
            for (int i = 0; i < 10; i++) {
                assertThatThrownBy(() -> source.identify("orders", ORDER))
                        .isInstanceOf(NotReadyException.class)
                        .hasMessage("not ready, waits for the schema of orders-value, from " + registry.url());
            }
            registry.release();
            assertThat(id(source, ORDER)).isEqualTo(1);
        }
        assertThat(registry.requests()).hasSize(1);
    }

    @Test
    void findsTheSchemaOfAGeneratedClassThatIsRegisteredWithoutItsJavaTypes() {
        String registered = "{\"type\":\"record\",\"name\":\"Order\",\"fields\":[{\"name\":\"id\",\"type\":\"string\"},"
                + "{\"name\":\"more\",\"type\":{\"type\":\"map\",\"values\":\"string\"},\"default\":{\"java-class\":\"x\"}}]}";
        String generated = registered
                .replace("\"type\":\"string\"", "\"type\":{\"type\":\"string\",\"avro.java.string\":\"String\"}")
                .replace("\"values\":\"string\"", "\"values\":\"string\",\"avro.java.string\":\"String\"");
        registry.register("orders-value", "AVRO", registered);
        try (SchemaSource source = Sources.of(registry, "avro")) {
            assertThat(id(source, avro(generated))).isEqualTo(1);
        }
        assertThat(registry.requests()).hasSize(2).containsOnly("POST /subjects/orders-value");
    }

    @Test
    void aSchemaThatIsNotRegisteredIsRefused() {
        registry.register("orders-value", "AVRO", Sources.READING);
        try (SchemaSource source = Sources.of(registry, "avro")) {
            assertThatThrownBy(() -> identify(source, ORDER))
                    .isInstanceOf(SerializationException.class)
                    .hasMessageStartingWith("the schema com.example.Order is not registered under orders-value in "
                            + registry.url() + ". Register it");
        }
        assertThat(registry.versions("orders-value")).isEqualTo(1);
    }

    @Test
    void registersWhatIsNotRegisteredIfItMay() {
        for (int i = 0; i < 2; i++) {
            try (SchemaSource source = Sources.of(registry, "avro", "auto.register.schemas", "true")) {
                assertThat(id(source, ORDER)).isEqualTo(1);
            }
        }
        assertThat(registry.versions("orders-value")).isEqualTo(1);
        assertThat(registry.requests()).hasSize(2).containsOnly("POST /subjects/orders-value/versions");
    }

    @Test
    void theRulesThatANewVersionTakesOverAreAskedFor() {
        registry.registeringWithTheIdOnly().rules("orders-value", TestRegistry.rule("encrypt", "WRITE", false));
        try (SchemaSource source = Sources.of(registry, "avro", "auto.register.schemas", "true")) {
            assertThatThrownBy(() -> identify(source, ORDER))
                    .isInstanceOf(SerializationException.class)
                    .hasMessageContaining("the rule encrypt");
        }
        assertThat(registry.requests()).containsExactly("POST /subjects/orders-value/versions", "GET /schemas/ids/1");
    }

    @Test
    void theLatestVersionOfASubject() {
        registry.register("orders-value", "AVRO", Sources.READING);
        registry.register("orders-value", "AVRO", Sources.ORDER);
        try (SchemaSource source = Sources.of(registry, "avro", "use.latest.version", "true")) {
            RegisteredSchema latest = Objects.requireNonNull(identify(source, avro(Sources.READING)));
            assertThat(latest.id()).isEqualTo(2);
            assertThat(latest.text()).isEqualTo(Sources.ORDER); // which the framing refuses
        }
        assertThat(registry.requests()).containsExactly("GET /subjects/orders-value/versions/latest");
    }

    @Test
    void jsonIsWrittenOnlyAsItsOwnSchema() {
        registry.register("orders-value", "JSON", "{\"title\":\"Order\"}");
        try (SchemaSource latest = Sources.of(registry, "json", "use.latest.version", "true")) {
            assertThatThrownBy(() -> identify(latest, json(Sources.JSON_ORDER)))
                    .isInstanceOf(SerializationException.class)
                    .hasMessageContaining("the schema Order differs from the one with the id 1");
            assertThat(id(latest, json("{ \"title\" : \"Order\" }"))).isEqualTo(1);
        }
        try (SchemaSource source = Sources.of(registry, "json")) {
            assertThat(identify(source, json(null))).isNull();
            assertThat(source.whyUnknown(json(null))).contains("Set the key schema of the serializer");
        }
    }

    @Test
    void theIdOfTheConfiguration() {
        registry.next(7).register("elsewhere", "AVRO", Sources.ORDER);
        registry.next(8).register("documents", "JSON", Sources.JSON_ORDER);
        try (SchemaSource source = Sources.of(registry, "avro", "use.schema.id", "7")) {
            assertThat(id(source, ORDER)).isEqualTo(7);
        }
        try (SchemaSource source = Sources.of(registry, "avro", "use.schema.id", "8")) {
            assertThatThrownBy(() -> identify(source, ORDER)).hasMessageContaining("is one of json, and avro is");
        }
        assertThat(registry.requests()).containsExactly("GET /schemas/ids/7", "GET /schemas/ids/8");
    }

    @Test
    void subjectsAreNamedByTheStrategy() {
        registry.next(1).register("orders-key", "AVRO", Sources.ORDER);
        registry.register("com.example.Order", "AVRO", Sources.ORDER);
        registry.register("orders-com.example.Order", "AVRO", Sources.ORDER);
        registry.register(":.staging:orders-value", "AVRO", Sources.ORDER);
        asks("POST /subjects/orders-key", true);
        asks("POST /subjects/com.example.Order", false, "subject.name.strategy", "record");
        asks("POST /subjects/orders-com.example.Order", false, "subject.name.strategy", "topic-record");
        asks(
                "POST /subjects/com.example.Order",
                false,
                "subject.name.strategy",
                "io.confluent.kafka.serializers.subject.RecordNameStrategy");
        asks("POST /subjects/:.staging:orders-value", false, "context", "staging");

        try (SchemaSource source = Sources.of(registry, "avro", "subject.name.strategy", "record")) {
            assertThatThrownBy(() -> source.identify("orders", avro("\"string\"")))
                    .isInstanceOf(SerializationException.class)
                    .hasMessageContaining("subject.name.strategy is record, which needs the name of a record");
        }
    }

    private void asks(String request, boolean forKey, String... keys) {
        try (SchemaSource source = Sources.of(registry.url(), "avro", forKey, keys)) {
            assertThat(id(source, ORDER)).isEqualTo(1);
        }
        assertThat(registry.requests()).last().isEqualTo(request);
    }

    @Test
    void referencesStandInPlaceOfDefinitions() {
        String customer =
                "{\"type\":\"record\",\"name\":\"Customer\",\"namespace\":\"com.example\",\"fields\":[{\"name\":\"id\",\"type\":\"int\"}]}";
        String order = "{\"type\":\"record\",\"name\":\"Sale\",\"namespace\":\"com.example\",\"fields\":"
                + "[{\"name\":\"by\",\"type\":%s},{\"name\":\"to\",\"type\":[\"null\",\"Customer\"]}]}";
        registry.register("customer", "AVRO", customer);
        registry.register(
                "orders-value",
                "AVRO",
                order.formatted("\"com.example.Customer\""),
                new SchemaReference("com.example.Customer", "customer", 1));
        PayloadSchema whole = avro(order.formatted(customer));

        try (SchemaSource source =
                Sources.of(registry, "avro", "schema.references", "com.example.Customer=customer:1")) {
            assertThat(id(source, whole)).isEqualTo(2);
            assertThat(registry.requests()).hasSize(1);
            RegisteredSchema read = Objects.requireNonNull(await(() -> source.findById(2)));
            assertThat(new Schema.Parser().parse(read.text())).isEqualTo(new Schema.Parser().parse(whole.text()));
        }
    }

    @Test
    void theGuidIsThatOfTheRegistryOrComputed() {
        registry.register("orders-value", "AVRO", "\"string\"");
        try (SchemaSource source = Sources.of(registry, "avro")) {
            assertThat(Objects.requireNonNull(identify(source, avro("\"string\"")))
                            .guid())
                    .isEqualTo(UUID.fromString("095d71cf-1255-6b9d-5e33-0ad575b3df5d"));
        }
        registry.withGuids();
        try (SchemaSource source = Sources.of(registry, "avro")) {
            UUID guid = Objects.requireNonNull(
                    Objects.requireNonNull(identify(source, avro("\"string\""))).guid());
            assertThat(guid).isNotEqualTo(UUID.fromString("095d71cf-1255-6b9d-5e33-0ad575b3df5d"));
            assertThat(Objects.requireNonNull(await(() -> source.findByGuid(guid)))
                            .text())
                    .isEqualTo("\"string\"");
            assertThat(await(() -> source.findByGuid(new UUID(1, 2)))).isNull();
        }
    }

    @Test
    void anIdIsReadOnceAndAnUnknownOneIsNull() {
        registry.next(5).register("elsewhere", "AVRO", Sources.ORDER);
        try (SchemaSource source = Sources.of(registry, "avro")) {
            for (int i = 0; i < 3; i++) {
                assertThat(Objects.requireNonNull(await(() -> source.findById(5)))
                                .text())
                        .isEqualTo(Sources.ORDER);
            }
            assertThat(await(() -> source.findById(6))).isNull();
            assertThat(source.findById(-1)).isNull();
        }
        assertThat(registry.requests()).containsExactly("GET /schemas/ids/5", "GET /schemas/ids/6");
    }

    @Test
    void rulesThatWouldRunAreRefused() {
        registry.register("orders-value", "AVRO", Sources.ORDER);

        registry.rules("orders-value", TestRegistry.rule("encrypt", "WRITEREAD", false));
        try (SchemaSource source = Sources.of(registry, "avro")) {
            assertThatThrownBy(() -> identify(source, ORDER))
                    .isInstanceOf(SerializationException.class)
                    .hasMessageContaining("the schema of orders-value has the rule encrypt of the type ENCRYPT"
                            + " (WRITEREAD), which has to run when a record is written")
                    .hasMessageContaining("framing.confluent.ignored.rules");
            assertThatThrownBy(() -> await(() -> source.findById(1)))
                    .hasMessageContaining("which has to run when a record is read");
        }
        try (SchemaSource source = Sources.of(registry, "avro", "ignored.rules", "other, encrypt")) {
            assertThat(id(source, ORDER)).isEqualTo(1);
        }
        registry.rules("orders-value", TestRegistry.rule("encrypt", "WRITE", true));
        try (SchemaSource source = Sources.of(registry, "avro")) {
            assertThat(id(source, ORDER)).isEqualTo(1);
        }
        registry.rules("orders-value", TestRegistry.rule("migrate", "UPGRADE", false));
        try (SchemaSource source = Sources.of(registry, "avro")) {
            assertThat(id(source, ORDER)).isEqualTo(1);
            assertThatThrownBy(() -> await(() -> source.findById(1))).hasMessageContaining("the rule migrate");
        }
    }

    @Test
    void aRegistryThatIsDownIsAskedAgain() {
        registry.register("orders-value", "AVRO", Sources.ORDER);
        registry.fail(503, "");
        try (SchemaSource source = Sources.of(registry, "avro")) {
            assertThatThrownBy(() -> identify(source, ORDER)).isInstanceOf(UnavailableException.class);
            registry.recover();
            org.awaitility.Awaitility.await().ignoreExceptions().until(() -> identify(source, ORDER) != null);
        }
        assertThat(registry.requests()).hasSize(2);
    }

    @Test
    void refusalsAreNotRetriable() {
        for (int status : new int[] {401, 403, 409, 422}) {
            registry.fail(status, "{\"error_code\":" + status + ",\"message\":\"refused\"}");
            try (SchemaSource source = Sources.of(registry, "avro")) {
                assertThatThrownBy(() -> identify(source, ORDER)).isInstanceOf(SerializationException.class);
                assertThatThrownBy(() -> await(() -> source.findById(1))).isInstanceOf(SerializationException.class);
            }
        }
        registry.fail(404, "<html>no such page</html>"); // a proxy does not know which schemas there are
        try (SchemaSource source = Sources.of(registry, "avro")) {
            assertThatThrownBy(() -> await(() -> source.findById(1))).isInstanceOf(SerializationException.class);
        }
    }
}
