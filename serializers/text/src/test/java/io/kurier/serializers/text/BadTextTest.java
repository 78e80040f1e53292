// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BadTextTest {
    private static final String TOPIC = "lines";

    @ParameterizedTest
    @ValueSource(strings = {"US-ASCII", "ISO-8859-1", "windows-1252", "Shift_JIS", "KOI8-R"})
    void refusesACharacterThatTheCharsetLacksAndNamesThePlaceOnly(String charset) {
        assertThatThrownBy(() -> new TextSerializer(Charset.forName(charset)).serialize(TOPIC, "secret 👩"))
                .isInstanceOf(SerializationException.class)
                .hasMessage("cannot write text in " + charset + ": the charset lacks the character at index 7 (of 9,"
                        + " counted from 0). Choose a charset that has it: UTF-8 has all")
                .hasMessageNotContaining("secret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "UTF-16", "UTF-32", "ISO-8859-1", "GB18030"})
    void refusesHalfASurrogatePairWhereverItStands(String charset) {
        TextSerializer serializer = new TextSerializer(Charset.forName(charset));
        for (String text :
                new String[] {"ab\uD83D", "ab\uD83Dc", "ab\uDE00", "ab\uDE00\uD83D", "ab\uD83D\uD83D\uDE00"}) {
            assertThatThrownBy(() -> serializer.serialize(TOPIC, text))
                    .isInstanceOf(SerializationException.class)
                    .hasMessageContaining("at index 2 (of " + text.length())
                    .hasMessageContaining("half of a surrogate pair");
        }
    }

    @Test
    void neverWritesAQuestionMarkForABrokenSurrogate() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        TextSerializer serializer = new TextSerializer();
        for (int i = 0; i < 2_000; i++) {
            String text = random.ints(random.nextInt(6), 0xD7FE, 0xE002)
                    .collect(StringBuilder::new, (b, c) -> b.append((char) c), StringBuilder::append)
                    .toString();
            boolean wellFormed = StandardCharsets.UTF_8.newEncoder().canEncode(text);
            try {
                byte[] bytes = serializer.serialize(TOPIC, text);
                assertThat(wellFormed)
                        .as("seed %d, text %d was written", seed, i)
                        .isTrue();
                assertThat(bytes).as("seed %d, text %d", seed, i).isEqualTo(text.getBytes(StandardCharsets.UTF_8));
            } catch (SerializationException e) {
                assertThat(wellFormed)
                        .as("seed %d, text %d was refused", seed, i)
                        .isFalse();
            }
        }
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "UTF-8, a stray continuation, 616280",
        "UTF-8, a cut sequence, 6162c3",
        "UTF-8, a cut emoji, 6162f09f98",
        "UTF-8, an overlong slash, 6162c0af",
        "UTF-8, a surrogate, 6162eda080",
        "UTF-8, beyond Unicode, 6162f4908080",
        "UTF-8, Latin-1, 6162fc63",
        "UTF-8, a true replacement character and then a wrong byte, efbfbdff",
        "US-ASCII, a high bit, 6162e9",
        "UTF-16BE, half a surrogate pair, 0061d83d0062",
        "UTF-16LE, an odd number of bytes, 616261",
        "windows-1252, a byte without a character, 616281",
        "Shift_JIS, half a character, 616281",
    })
    void refusesBytesThatAreNotInTheCharset(String charset, String what, String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex);
        TextDeserializer deserializer = new TextDeserializer(Charset.forName(charset));
        assertThatThrownBy(() -> deserializer.deserialize(TOPIC, bytes))
                .as(what)
                .isInstanceOf(SerializationException.class)
                .hasMessageStartingWith("cannot read text in " + charset)
                .hasMessageContaining("at position " + firstWrongByte(hex) + " (of " + bytes.length);
    }

    private static int firstWrongByte(String hex) {
        return hex.startsWith("efbfbd") ? 3 : 2;
    }

    @Test
    void namesThePositionWithinABufferThatBeginsInTheMiddleOfAnArray() {
        ByteBuffer buffer = ByteBuffer.wrap(new byte[] {'x', 'x', 'a', (byte) 0xff, 'x'}, 2, 2);
        assertThatThrownBy(() -> new TextDeserializer().deserialize(TOPIC, new RecordHeaders(), buffer))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("at position 1 (of 2");
        assertThat(buffer.position()).isEqualTo(2);
    }

    @Test
    void refusesToWriteACharsetThatJavaOnlyReads() {
        Charset guessing = Charset.forName("x-JISAutoDetect");
        assertThatThrownBy(() -> new TextSerializer(guessing))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("x-JISAutoDetect")
                .hasMessageContaining("not written");
        assertThat(new TextDeserializer(guessing).deserialize(TOPIC, new byte[] {'a'}))
                .isEqualTo("a");
    }
}
