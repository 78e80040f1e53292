// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kurier.spi.SerializerPlugin;
import io.kurier.spi.SerializerSettings;
import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.ServiceLoader;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.utils.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextSerializerPluginTest {
    private static final String TOPIC = "lines";
    private static final byte[] RAW = {0, (byte) 0xff, 7};

    private final SerializerPlugin plugin = new TextSerializerPlugin();

    @Test
    void theServiceLoaderFindsItByTheNamesThatUsersWrite() {
        assertThat(ServiceLoader.load(SerializerPlugin.class))
                .singleElement()
                .satisfies(found -> assertThat(found.name()).isEqualTo("text"))
                .satisfies(found -> assertThat(found.aliases()).containsExactly("bytes"));
    }

    @Test
    void writesTheConfiguredCharsetAndReadsItBack() {
        SerializerSettings settings = settings("text", String.class, Map.of("charset", "windows-1252"));
        byte[] bytes = serializer(settings).serialize(TOPIC, "€");
        assertThat(bytes).containsExactly(0x80);
        assertThat(deserializer(settings).deserialize(TOPIC, bytes)).isEqualTo("€");
    }

    @Test
    void writesUtf8UnlessToldOtherwise() {
        SerializerSettings settings = settings("text", CharSequence.class, Map.of());
        assertThat(serializer(settings).serialize(TOPIC, "€")).containsExactly(0xe2, 0x82, 0xac);
    }

    @ParameterizedTest(name = "for {0} suggests {1}")
    @CsvSource({
        "UFT-8, UTF-8",
        "utf88, UTF-8",
        "Latin-1, ISO-8859-1",
        "iso8859-l5, ISO-8859-15",
        "windows1252, windows-1252",
        "shift.jis2, Shift_JIS",
        "UTF 8, UTF-8",
    })
    void suggestsTheCharsetThatWasProbablyMeant(String wrong, String meant) {
        assertThatThrownBy(() -> settings("text", String.class, Map.of("charset", wrong)))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("charset")
                .hasMessageContaining(wrong)
                .hasMessageEndingWith("Did you mean " + meant + "?");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "klingon", "X"})
    void suggestsUtf8IfNothingIsNear(String wrong) {
        assertThatThrownBy(() -> settings("text", String.class, Map.of("charset", wrong)))
                .isInstanceOf(ConfigException.class)
                .hasMessageEndingWith("Java knows no such charset, try UTF-8");
    }

    @Test
    void namesTheClientsKeyIfTheCharsetIsUnknown() {
        assertThatThrownBy(() -> new TextSerializer().configure(Map.of("value.text.charset", "UTF-9"), false))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("value.text.charset")
                .hasMessageEndingWith("Did you mean UTF-8?");
        assertThatThrownBy(() -> new TextDeserializer().configure(Map.of("text.charset", 8), true))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("text.charset: must be the name of a charset");
    }

    @Test
    void aKafkaProducerPassesItsConfigurationToTheSerializersThatItMakes() {
        Map<String, Object> config = Map.of(
                "bootstrap.servers", "127.0.0.1:9",
                "key.serializer", TextSerializer.class.getName(),
                "value.serializer", TextSerializer.class.getName(),
                "key.text.charset", "UTF-16",
                "value.text.charset", "UTF-17");
        assertThatThrownBy(() -> new KafkaProducer<>(config).close())
                .rootCause()
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("value.text.charset");
    }

    @Test
    void refusesAtStartUpATypeThatIsNotText() {
        assertThatThrownBy(() -> plugin.serializer(settings("text", Integer.class, Map.of())))
                .isInstanceOf(ConfigException.class)
                .hasMessage("serializer text writes String or another CharSequence, but the topic's values are declared"
                        + " as java.lang.Integer: declare a type that it writes, or choose another serializer");
    }

    @Test
    void refusesAValueThatIsNotTextWhereNoTypeWasDeclared() {
        Serializer<Object> serializer = serializer(settings("text", Object.class, Map.of()));
        assertThat(serializer.serialize(TOPIC, "a")).containsExactly('a');
        assertThat(serializer.serialize(TOPIC, null)).isNull();
        assertThatThrownBy(() -> serializer.serialize(TOPIC, 42))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("java.lang.Integer")
                .hasMessageNotContaining("42");
    }

    @ParameterizedTest
    @ValueSource(classes = {Object.class, byte[].class})
    void passesAByteArrayAsItIs(Class<?> type) {
        assertThat(serializer(settings("bytes", type, Map.of())).serialize(TOPIC, RAW))
                .isSameAs(RAW);
    }

    @Test
    void passesBuffersAndBytesWhateverTheDeclaredType() {
        for (Type type : new Type[] {Object.class, ByteBuffer.class, Bytes.class}) {
            Serializer<Object> serializer = serializer(settings("bytes", type, Map.of()));
            assertThat(serializer.serialize(TOPIC, ByteBuffer.wrap(RAW))).isEqualTo(RAW);
            assertThat(serializer.serialize(TOPIC, Bytes.wrap(RAW))).isEqualTo(RAW);
            assertThat(serializer.serialize(TOPIC, null)).isNull();
        }
    }

    @Test
    void writesWhatRemainsInABufferAndLeavesTheBufferAsItWas() {
        ByteBuffer buffer = ByteBuffer.wrap(new byte[] {9, 0, (byte) 0xff, 7, 9})
                .position(1)
                .limit(4);
        Serializer<Object> serializer = serializer(settings("bytes", ByteBuffer.class, Map.of()));
        assertThat(serializer.serialize(TOPIC, buffer)).isEqualTo(RAW);
        assertThat(serializer.serialize(TOPIC, buffer.asReadOnlyBuffer())).isEqualTo(RAW);
        assertThat(buffer.position()).isEqualTo(1);
    }

    @Test
    void readsBytesAsAnArray() {
        assertThat(deserializer(settings("bytes", ByteBuffer.class, Map.of())).deserialize(TOPIC, RAW))
                .isSameAs(RAW);
    }

    @Test
    void refusesAnythingElseAsBytes() {
        assertThatThrownBy(() -> plugin.serializer(settings("bytes", String.class, Map.of())))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("byte[], ByteBuffer or Bytes")
                .hasMessageContaining("java.lang.String");
        Serializer<Object> serializer = serializer(settings("bytes", Object.class, Map.of()));
        assertThatThrownBy(() -> serializer.serialize(TOPIC, "secret"))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("java.lang.String")
                .hasMessageNotContaining("secret");
    }

    @Test
    void refusesACharsetForBytes() {
        assertThatThrownBy(() -> plugin.serializer(settings("bytes", byte[].class, Map.of("charset", "UTF-8"))))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("remove the key, or choose text");
    }

    private SerializerSettings settings(String name, Type type, Map<String, String> keys) {
        return new SerializerSettings(
                name, "orders", "orders", false, type, new AbstractConfig(plugin.configDef(), keys));
    }

    @SuppressWarnings("unchecked") // a plugin cannot name its type, the test knows it
    private Serializer<Object> serializer(SerializerSettings settings) {
        return (Serializer<Object>) plugin.serializer(settings);
    }

    private Deserializer<?> deserializer(SerializerSettings settings) {
        return plugin.deserializer(settings).orElseThrow();
    }
}
