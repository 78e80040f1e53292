// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.framings;

import static io.kurier.serializers.framings.Frames.bytes;
import static io.kurier.serializers.framings.Frames.of;
import static io.kurier.serializers.framings.Frames.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kurier.ArrayHeaders;
import io.kurier.serializers.framings.test.Basket;
import io.kurier.serializers.framings.test.Order;
import io.kurier.spi.Frame;
import io.kurier.spi.Framing;
import io.kurier.spi.PayloadSchema;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The order in which a framing is guessed. */
class DetectFramingTest {
    private static final PayloadSchema ORDER = Schemas.avro(Schemas.ORDER);
    private static final Schema READING_SCHEMA = new Schema.Parser().parse(Schemas.READING_FILE);
    private static final PayloadSchema READING = Schemas.avro(READING_SCHEMA);
    private static final PayloadSchema MESSAGE = Schemas.protobuf(Order.getDescriptor());
    private static final PayloadSchema LINE = Schemas.protobuf(Basket.Line.getDescriptor());
    private static final String GUID_HEADER = "0189791762233641869674299B90A802E2";

    @TempDir
    private Path temporary;

    private Framing avro;
    private Framing protobuf;

    @BeforeEach
    void fill() {
        Folder folder = new Folder(temporary)
                .with("order.avsc", Schemas.ORDER_FILE)
                .with("reading.avsc", Schemas.READING_FILE)
                .copy("shop.desc", Folder.SHOP)
                .ids(
                        "1=order.avsc",
                        "89791762-2336-4186-9674-299b90a802e2=order.avsc",
                        "2=reading.avsc",
                        "4=shop.desc");
        avro = of(new DetectPlugin(), "avro", Frames.file(folder));
        protobuf = of(new DetectPlugin(), "protobuf", Frames.file(folder));
    }

    private static String singleObject() {
        return Frames.hex(ByteBuffer.allocate(10)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put((byte) 0xC3)
                .put((byte) 1)
                .putLong(SchemaNormalization.parsingFingerprint64(READING_SCHEMA))
                .array());
    }

    @Test
    void confluentsHeaderComesFirst() {
        ArrayHeaders headers = new ArrayHeaders();
        headers.add("apicurio.value.contentId", bytes("0000000000000002"));
        headers.add("__value_schema_id", bytes(GUID_HEADER));

        assertThat(read(avro, headers, singleObject(), ORDER, READING)).isEqualTo(new Frame(ORDER, 0));
    }

    @Test
    void apicuriosHeadersComeBeforeThePayload() {
        ArrayHeaders headers = new ArrayHeaders();
        headers.add("apicurio.value.contentId", bytes("0000000000000001"));

        assertThat(read(avro, headers, singleObject(), ORDER, READING)).isEqualTo(new Frame(ORDER, 0));
    }

    @Test
    void aSingleObjectHasTheFingerprintOfAKnownSchema() {
        assertThat(read(avro, new ArrayHeaders(), singleObject() + "2A", ORDER, READING))
                .isEqualTo(new Frame(READING, 10));
        assertThatThrownBy(() -> read(avro, null, "C301 0102030405060708", ORDER, READING))
                .isInstanceOf(SerializationException.class)
                .hasMessage("it is a single object of a schema of the fingerprint 0807060504030201, and none of the 2"
                        + " schemas that are known here has it. Add the schema it was written with to schemas"
                        + " (avro.schemas in a Kafka client's configuration)");
    }

    @Test
    void aZeroByteIsTheIdOfEither() {
        assertThat(read(avro, null, "0000000002 2A", ORDER, READING)).isEqualTo(new Frame(READING, 5));
        assertThat(read(avro, null, "000000000000000002 2A", ORDER, READING)).isEqualTo(new Frame(READING, 9));
        assertThat(read(protobuf, null, "0000000004 00 0805", MESSAGE, LINE)).isEqualTo(new Frame(MESSAGE, 6));
        assertThat(read(protobuf, null, "0000000004 040200 0805", MESSAGE, LINE))
                .isEqualTo(new Frame(LINE, 8));
        assertThat(read(protobuf, null, "0000000004 070A054F72646572 0805", MESSAGE, LINE))
                .isEqualTo(new Frame(MESSAGE, 13));
        assertThat(read(protobuf, null, "0000000004 060A044C696E65 0805", MESSAGE, LINE))
                .isEqualTo(new Frame(LINE, 12));
    }

    @Test
    void aGuidBeforeThePayloadIsOneOnlyIfItIsKnown() {
        assertThat(read(avro, null, GUID_HEADER + "2A", ORDER, READING)).isEqualTo(new Frame(ORDER, 17));
        assertThat(read(avro, null, "01" + "77".repeat(16) + "2A", ORDER, READING))
                .isEqualTo(Frame.NONE);
        assertThat(read(of(new DetectPlugin(), "avro", Map.of()), null, "01" + "77".repeat(16), ORDER))
                .isEqualTo(Frame.NONE);
    }

    @Test
    void anythingElseIsAPayload() {
        assertThat(read(avro, null, "2A", ORDER)).isEqualTo(Frame.NONE);
        assertThat(read(avro, new ArrayHeaders(), "00", ORDER)).isEqualTo(Frame.NONE);
        assertThat(read(protobuf, null, "", MESSAGE)).isEqualTo(Frame.NONE);
        assertThat(read(protobuf, null, "C301 C401 00000000000000", MESSAGE)).isEqualTo(Frame.NONE);
        assertThat(read(of(new DetectPlugin(), "json", Map.of()), null, "7B7D")).isEqualTo(Frame.NONE);
    }

    @Test
    void itWritesNothing() {
        assertThatThrownBy(avro::checkWriting)
                .isInstanceOf(ConfigException.class)
                .hasMessage("The framing detect only reads. For writing choose the one that the topic's readers expect:"
                        + " confluent, confluent-header, apicurio, single-object or none");
        assertThatThrownBy(() -> protobuf.writer("orders", MESSAGE))
                .isInstanceOf(SerializationException.class)
                .hasMessage("The framing detect only reads. For writing choose the one that the topic's readers expect:"
                        + " confluent, confluent-header, apicurio or none");
    }
}
