// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.framings;

import static io.kurier.serializers.framings.Frames.hex;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kurier.ArrayHeaders;
import io.kurier.serializers.internal.SchemaFrames;
import io.kurier.spi.FrameWriter;
import io.kurier.spi.Framing;
import io.kurier.spi.FramingSettings;
import io.kurier.spi.NotReadyException;
import io.kurier.spi.PayloadSchema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Sources that compare what another source has given, while records are written. */
class ConfirmationTest {
    private static final PayloadSchema AVRO = Schemas.avro(Schemas.ORDER);
    private static final UUID GUID = UUID.fromString("89791762-2336-4186-9674-299b90a802e2");
    private static final UUID OTHER_GUID = UUID.fromString("89791762-2336-4186-9674-299b90a802e3");
    private static final RegisteredSchema FIVE = schema(5, GUID);

    private final Scripted file = new Scripted("file");
    private final Scripted server = new Scripted("server");

    /** A source that answers as a test says. */
    private static final class Scripted implements SchemaSource {
        private final String name;
        private final List<RegisteredSchema> compared = new ArrayList<>();
        private CompletableFuture<@Nullable RegisteredSchema> confirmed = new CompletableFuture<>();
        private @Nullable RegisteredSchema known;
        private @Nullable RuntimeException failure;

        Scripted(String name) {
            this.name = name;
        }

        private @Nullable RegisteredSchema answer() {
            if (failure != null) {
                throw failure;
            }
            return known;
        }

        @Override
        public @Nullable RegisteredSchema identify(String topic, PayloadSchema schema) {
            return answer();
        }

        @Override
        public @Nullable RegisteredSchema findById(long id) {
            return answer();
        }

        @Override
        public @Nullable RegisteredSchema findByGuid(UUID guid) {
            return answer();
        }

        @Override
        public CompletionStage<@Nullable RegisteredSchema> confirm(
                String topic, PayloadSchema schema, RegisteredSchema given) {
            compared.add(given);
            return confirmed;
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private static RegisteredSchema schema(long id, UUID guid) {
        return new RegisteredSchema("avro", id, guid, Schemas.ORDER.toString());
    }

    private static FramingSettings settings(String name) {
        return new FramingSettings(
                name, "avro", "orders", false, new AbstractConfig(new ConfluentPlugin().configDef(), Map.of(), false));
    }

    private static SchemaSources sources(String framing, Scripted... sources) {
        return new SchemaSources(
                framing, "avro", Arrays.stream(sources).map(Object::toString).toList(), List.of(sources));
    }

    private static Framing numbers(Scripted... sources) {
        return new ConfluentFraming(settings("confluent"), sources("confluent", sources), SchemaSources.Identity.ID);
    }

    private static Framing guids(Scripted... sources) {
        return new ConfluentFraming(
                settings("confluent-header"), sources("confluent-header", sources), SchemaSources.Identity.GUID);
    }

    private static Framing apicurio(boolean headers, Scripted... sources) {
        return new ApicurioFraming(settings("apicurio"), sources("apicurio", sources), false, headers, "");
    }

    private static String refusal(FrameWriter writer) {
        try {
            byte[] unused = writer.prefix(new ArrayHeaders());
            throw new AssertionError("it was not refused");
        } catch (SerializationException e) {
            return String.valueOf(e.getMessage());
        }
    }

    @Test
    void recordsDoNotWaitForTheComparison() {
        file.known = FIVE;

        assertThat(hex(numbers(file, server).writer("orders", AVRO).prefix(null)))
                .isEqualTo("0000000005");

        assertThat(server.compared).singleElement().satisfies(given -> {
            assertThat(given.id()).isEqualTo(5);
            assertThat(given.guid()).isNull(); // it is not written
        });
        assertThat(file.compared).isEmpty();
    }

    @Test
    void anEqualIdentityChangesNothing() {
        file.known = FIVE;
        FrameWriter writer = numbers(file, server).writer("orders", AVRO);

        server.confirmed.complete(schema(5, OTHER_GUID));

        assertThat(hex(writer.prefix(null))).isEqualTo("0000000005");
    }

    @Test
    void anotherNumberStopsTheTopicInEachFraming() {
        file.known = FIVE;
        List<FrameWriter> writers = new ArrayList<>();
        for (Framing framing :
                new Framing[] {numbers(file, server), apicurio(false, file, server), apicurio(true, file, server)}) {
            FrameWriter writer = framing.writer("orders", AVRO);
            byte[] unused = writer.prefix(new ArrayHeaders());
            writers.add(writer);
        }

        server.confirmed.complete(schema(7, GUID));

        for (FrameWriter writer : writers) {
            assertThat(refusal(writer))
                    .contains("has written the schema com.example.Order of the topic orders with the id 5 of file,"
                            + " and server has it with the id 7. Records with a wrong id cannot be read: correct it in"
                            + " file, and start again");
        }
    }

    @Test
    void anotherGuidStopsTheTopic() {
        file.known = FIVE;
        FrameWriter writer = guids(file, server).writer("orders", AVRO);

        server.confirmed.complete(schema(7, OTHER_GUID));

        assertThat(refusal(writer))
                .contains("with the GUID " + GUID + " of file, and server has it with the GUID " + OTHER_GUID);
    }

    @Test
    void anotherSchemaOfTheNumberStopsTheTopic() {
        file.known = FIVE;
        FrameWriter writer = numbers(file, server).writer("orders", AVRO);

        server.confirmed.complete(new RegisteredSchema("avro", 5L, null, Schemas.READING_FILE));

        assertThat(refusal(writer)).contains("server has another schema with the id 5");
    }

    @Test
    void anUnknownNumberStopsTheTopicAndAnUnknownGuidDoesNot() {
        file.known = FIVE;
        FrameWriter number = numbers(file, server).writer("orders", AVRO);
        FrameWriter guid = guids(file, server).writer("orders", AVRO);

        server.confirmed.complete(null);

        assertThat(refusal(number)).contains("server knows neither that id nor the schema");
        assertThat(guid.prefix(new ArrayHeaders())).isEmpty();
    }

    @Test
    void whatMustNotBeWrittenStopsTheTopic() {
        file.known = FIVE;
        FrameWriter writer = numbers(file, server).writer("orders", AVRO);

        server.confirmed.completeExceptionally(new SerializationException("it has the rule encrypt"));

        assertThat(refusal(writer)).contains("which must not be: it has the rule encrypt");
    }

    @Test
    void whatCannotBeComparedStopsNothing() {
        file.known = FIVE;
        FrameWriter writer = numbers(file, server).writer("orders", AVRO);

        server.confirmed.completeExceptionally(new IllegalStateException("403"));

        assertThat(hex(writer.prefix(null))).isEqualTo("0000000005");
    }

    @Test
    void aSourceThatDoesNotAnswerIsPassedOverAndComparesLater() {
        server.failure = new TimeoutException("no answer");
        file.known = FIVE;

        FrameWriter writer = numbers(server, file).writer("orders", AVRO);

        assertThat(hex(writer.prefix(null))).isEqualTo("0000000005");
        server.confirmed.complete(schema(7, GUID));
        assertThat(refusal(writer)).contains("server has it with the id 7");
    }

    @Test
    void aSourceThatRefusesIsNotPassedOver() {
        server.failure = new SerializationException("401");
        file.known = FIVE;

        assertThatThrownBy(() -> numbers(server, file).writer("orders", AVRO))
                .isInstanceOf(SerializationException.class)
                .hasMessage("401");
    }

    @Test
    void withoutAnotherSourceTheFramingIsNotReady() {
        server.failure = new TimeoutException("server does not answer");

        assertThatThrownBy(() -> numbers(server, file).writer("orders", AVRO))
                .isInstanceOf(NotReadyException.class)
                .hasMessageContaining("waits for a number for the schema com.example.Order of the topic orders:"
                        + " server does not answer; file does not know it");
    }

    @Test
    void theStartFailsIfTheServerDoesNotAnswer() {
        server.failure = new TimeoutException("server does not answer");
        SchemaFrames frames = new SchemaFrames(numbers(server), AVRO);

        assertThatThrownBy(() -> frames.prepare("orders").toCompletableFuture().join())
                .isInstanceOf(CompletionException.class)
                .hasMessageContaining("server does not answer");
    }

    @Test
    void aReaderPassesOverASourceThatDoesNotAnswer() {
        server.failure = new TimeoutException("server does not answer");
        file.known = FIVE;
        byte[] record = Frames.bytes("0000000005 2A");

        assertThat(numbers(server, file)
                        .reader(List.of(AVRO))
                        .read("orders", null, record, 0, record.length)
                        .schema())
                .isSameAs(AVRO);
        file.known = null;
        assertThatThrownBy(() -> numbers(server, file).reader(List.of()).read("orders", null, record, 0, record.length))
                .isInstanceOf(NotReadyException.class)
                .hasMessageContaining("the schema with the id 5: server does not answer");
    }
}
