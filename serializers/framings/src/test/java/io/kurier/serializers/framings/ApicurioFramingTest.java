// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.framings;

import static io.kurier.serializers.framings.Frames.bytes;
import static io.kurier.serializers.framings.Frames.hex;
import static io.kurier.serializers.framings.Frames.prefix;
import static io.kurier.serializers.framings.Frames.read;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kurier.ArrayHeaders;
import io.kurier.serializers.framings.test.Basket;
import io.kurier.serializers.framings.test.Order;
import io.kurier.spi.Frame;
import io.kurier.spi.Framing;
import io.kurier.spi.PayloadSchema;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every byte of Apicurio's own wire format, written and read. */
class ApicurioFramingTest {
    private static final PayloadSchema AVRO = Schemas.avro(Schemas.ORDER);
    private static final PayloadSchema JSON = Schemas.json(Schemas.JSON_ORDER);
    private static final PayloadSchema PROTOBUF = Schemas.protobuf(Order.getDescriptor());
    private static final PayloadSchema LINE = Schemas.protobuf(Basket.Line.getDescriptor());
    private static final String ORDER_REF = "07 0A 05 4F 72 64 65 72";

    @TempDir
    private Path temporary;

    private Folder folder;

    @BeforeEach
    void fill() {
        folder = new Folder(temporary)
                .with("order.avsc", Schemas.ORDER_FILE)
                .with("order.json", Schemas.JSON_ORDER)
                .copy("shop.desc", Folder.SHOP)
                .ids("100001=order.avsc", "3=order.json", "4=shop.desc");
    }

    private Framing apicurio(String format, boolean forKey, String... more) {
        Map<String, String> keys = new HashMap<>(Frames.file(folder));
        for (int i = 0; i < more.length; i += 2) {
            keys.put(more[i], more[i + 1]);
        }
        return Frames.of(new ApicurioPlugin(), format, forKey, keys);
    }

    private Framing apicurio(String format, String... more) {
        return apicurio(format, false, more);
    }

    @Test
    void theIdHasFourBytesAndProtobufItsSimpleName() {
        assertThat(prefix(apicurio("avro"), AVRO)).isEqualTo("00000186A1");
        assertThat(prefix(apicurio("json"), JSON)).isEqualTo("0000000003");
        assertThat(prefix(apicurio("protobuf"), PROTOBUF)).isEqualTo(("0000000004" + ORDER_REF).replace(" ", ""));
        assertThat(prefix(apicurio("protobuf"), LINE)).isEqualTo("0000000004" + "060A044C696E65");
    }

    @Test
    void theIdMayHaveEightBytes() {
        assertThat(prefix(apicurio("avro", "id.bytes", "8"), AVRO)).isEqualTo("0000000000000186A1");
        assertThat(prefix(apicurio("protobuf", "id.bytes", "8"), LINE))
                .isEqualTo("000000000000000004" + "060A044C696E65");
    }

    @Test
    void headersDescribeAvro() {
        ArrayHeaders headers = new ArrayHeaders();

        assertThat(prefix(apicurio("avro", "headers", "true"), AVRO, headers)).isEmpty();

        assertThat(text(headers))
                .containsExactly("apicurio.value.contentId=00000000000186A1", "apicurio.value.encoding=42494E415259");
        prefix(apicurio("avro", "headers", "true"), AVRO, headers);
        assertThat(text(headers)).hasSize(2);
    }

    @Test
    void headersDescribeJson() {
        ArrayHeaders headers = new ArrayHeaders();

        assertThat(prefix(apicurio("json", true, "headers", "true"), JSON, headers))
                .isEmpty();

        assertThat(text(headers)).containsExactly("apicurio.key.contentId=0000000000000003");
    }

    @Test
    void headersDescribeProtobufAndTheRefStays() {
        ArrayHeaders headers = new ArrayHeaders();

        String prefix =
                prefix(apicurio("protobuf", "headers", "true", "message.type", "com.example.Order"), PROTOBUF, headers);

        assertThat(prefix).isEqualTo(ORDER_REF.replace(" ", ""));
        assertThat(text(headers))
                .containsExactly(
                        "apicurio.value.contentId=0000000000000004",
                        "apicurio.value.msgType=" + hex("com.example.Order".getBytes(UTF_8)),
                        "apicurio.protobuf.type=4F72646572");
        ArrayHeaders ofKey = new ArrayHeaders();
        prefix(apicurio("protobuf", true, "headers", "true"), PROTOBUF, ofKey);
        assertThat(text(ofKey))
                .containsExactly("apicurio.key.contentId=0000000000000004", "apicurio.protobuf.type.key=4F72646572");
    }

    @Test
    void idsOfBothLengthsAreRead() {
        assertThat(read(apicurio("avro"), null, "00000186A1 05", AVRO)).isEqualTo(new Frame(AVRO, 5));
        assertThat(read(apicurio("avro"), null, "0000000000000186A1 05", AVRO)).isEqualTo(new Frame(AVRO, 9));
        assertThat(read(apicurio("avro", "id.bytes", "8"), null, "0000000000000186A1 05", AVRO))
                .isEqualTo(new Frame(AVRO, 9));
        assertThat(read(apicurio("protobuf"), null, "0000000004" + ORDER_REF, PROTOBUF))
                .isEqualTo(new Frame(PROTOBUF, 13));
        assertThat(read(apicurio("protobuf"), null, "0000000004 060A044C696E65", PROTOBUF, LINE))
                .isEqualTo(new Frame(LINE, 12));
    }

    @Test
    void headersAreReadFirst() {
        ArrayHeaders headers = new ArrayHeaders();
        headers.add("apicurio.value.contentId", bytes("00000000000186A1"));
        assertThat(read(apicurio("avro"), headers, "0000000003", AVRO)).isEqualTo(new Frame(AVRO, 0));

        ArrayHeaders ofProtobuf = new ArrayHeaders();
        ofProtobuf.add("apicurio.value.contentId", bytes("0000000000000004"));
        Framing framing = apicurio("protobuf");
        assertThat(read(framing, ofProtobuf, ORDER_REF + "0805", PROTOBUF)).isEqualTo(new Frame(PROTOBUF, 8));
        assertThat(read(framing, ofProtobuf, "060A044C696E65", PROTOBUF, LINE)).isEqualTo(new Frame(LINE, 7));
    }

    @Test
    void headersOfVersion2HaveNoNameBeforeThePayload() {
        ArrayHeaders headers = new ArrayHeaders();
        headers.add("apicurio.value.globalId", bytes("0000000000000004"));
        headers.add("apicurio.protobuf.type", "Order".getBytes(UTF_8));
        Framing framing = apicurio("protobuf");

        assertThat(read(framing, headers, "0A0178", PROTOBUF)).isEqualTo(Frame.NONE);
        assertThat(read(framing, headers, ORDER_REF + "0A0178", PROTOBUF)).isEqualTo(new Frame(PROTOBUF, 8));
        headers.add("apicurio.value.contentId", bytes("0000000000000004"));
        assertThat(read(framing, headers, "0A0178", PROTOBUF)).isEqualTo(Frame.NONE);
        assertThat(read(framing, headers, ORDER_REF + "0A0178", PROTOBUF)).isEqualTo(new Frame(PROTOBUF, 8));
    }

    @Test
    void anEmptyNameIsLeftToTheReader() {
        assertThat(read(apicurio("protobuf"), null, "0000000004 00 0A0178", PROTOBUF))
                .isEqualTo(new Frame(null, 6));
    }

    @Test
    void aNumberOfAnotherKindIsLeftToTheReader() {
        for (String name : List.of("globalId", "contentHash", "artifactId")) {
            ArrayHeaders headers = new ArrayHeaders();
            headers.add("apicurio.value." + name, bytes("00000000000186A1"));
            assertThat(read(apicurio("avro"), headers, "05", AVRO)).isEqualTo(Frame.NONE);
            assertThat(read(apicurio("protobuf"), headers, ORDER_REF, PROTOBUF)).isEqualTo(new Frame(PROTOBUF, 8));
        }
    }

    @Test
    void withoutSourcesTheNameOfTheMessageIsEnough() {
        Framing framing = Frames.of(new ApicurioPlugin(), "protobuf", Map.of());

        assertThat(read(framing, null, "0000000009" + ORDER_REF, LINE, PROTOBUF))
                .isEqualTo(new Frame(PROTOBUF, 13));
        PayloadSchema twin = Schemas.protobuf("other.Order", "");
        assertThat(read(framing, null, "0000000009" + ORDER_REF, twin, PROTOBUF))
                .isEqualTo(new Frame(null, 13));
        assertThat(Objects.requireNonNull(read(framing, null, "0000000009" + ORDER_REF, LINE)
                                .schema())
                        .fullName())
                .isEqualTo("Order");
    }

    @Test
    void whatIsNoFrameIsRefused() {
        refused(
                "avro",
                "07",
                "it begins with the byte 07, not with the byte 0 of Apicurio's wire format, and has no"
                        + " header apicurio.value.contentId. Set framing to the one that it was written with: none, or detect if"
                        + " the topic has several");
        refused("avro", "000000", "it ends within the 5 bytes that name its schema");
        refused(
                "avro",
                "0000000063",
                "it names the schema with the id 99, which is not known to file (" + temporary
                        + "). Add the schema there");
        refused(
                "avro",
                "0000000003",
                "it names the schema with the id 3, which is one of json in file (" + temporary
                        + "), and avro is read here");
        refused(
                "protobuf",
                "0000000004",
                "it ends within the name of its message, which Apicurio's serializer writes" + " before the payload");
        refused(
                "protobuf",
                "0000000004 0508",
                "it ends within the name of its message, which Apicurio's serializer" + " writes before the payload");
        refused(
                "protobuf",
                "0000000004 0202FF",
                "the bytes after the id of its schema do not name a message, as"
                        + " Apicurio's serializer does. If Confluent's has written it, set framing to confluent");
        refused(
                "protobuf",
                "0000000004 050A03416E79",
                "it names a message that the schema with the id 4 does not have:"
                        + " there are 2 at the top of that file");
        ArrayHeaders json = new ArrayHeaders();
        json.add("apicurio.value.contentId", bytes("00000000000186A1"));
        json.add("apicurio.value.encoding", "JSON".getBytes(UTF_8));
        assertThatThrownBy(() -> read(apicurio("avro"), json, "05"))
                .hasMessage("its header apicurio.value.encoding names another encoding of Avro than BINARY. Write it"
                        + " without apicurio.registry.avro.encoding=JSON");
    }

    private void refused(String format, String hex, String message) {
        byte[] bytes = bytes(hex);
        assertThatThrownBy(() -> apicurio(format).reader(List.of()).read("orders", null, bytes, 0, bytes.length))
                .isInstanceOf(SerializationException.class)
                .hasMessage(message);
    }

    private static List<String> text(ArrayHeaders headers) {
        return Arrays.stream(headers.toArray())
                .map(header -> header.key() + "=" + hex(header.value()))
                .toList();
    }
}
