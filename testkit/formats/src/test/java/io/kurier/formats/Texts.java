// SPDX-License-Identifier: Apache-2.0
package io.kurier.formats;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.kurier.serializers.text.TextDeserializer;
import io.kurier.serializers.text.TextSerializer;
import java.nio.charset.Charset;
import java.util.List;

/** Text, also in charsets with states and with several bytes a character. */
final class Texts {
    static final List<byte[]> LEVELS =
            List.of("\u001b$B".getBytes(UTF_8), "\u0000".getBytes(UTF_8), "🦉".getBytes(UTF_8));

    private static final String TEXT = "Zoë schickt 3 Päckchen nach 東京 🦉.";

    private Texts() {}

    static Reading fill(Reading reading) {
        for (Charset charset : List.of(UTF_8, UTF_16, Charset.forName("GB18030"))) {
            reading.with(new TextDeserializer(charset)).with(new TextSerializer(charset), TEXT, TEXT.repeat(20));
        }
        return reading.with(
                new TextDeserializer(Charset.forName("ISO-2022-JP")),
                new TextDeserializer(Charset.forName("windows-1252")));
    }
}
