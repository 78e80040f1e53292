// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.media;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MediaDeserializerTest {
    private static final String ID = "159b2798-c05f-4d2e-8519-8a9a000f3b2a";
    private static final String DIGEST = "0123456789abcdef".repeat(4);
    private static final byte[] VALUE = {1, 2, 3};

    private final MediaDeserializer deserializer = new MediaDeserializer();

    @Test
    void readsAWholeBlob() {
        MediaPart part = deserializer.deserialize(
                "t", headers("content-type", "image/png", "media.name", "\u00FC.png", "trace", "7"), VALUE);
        assertThat(part).isInstanceOfSatisfying(MediaPart.Whole.class, whole -> {
            assertThat(whole.blob().name()).contains("\u00FC.png");
            assertThat(whole.blob().contentType()).contains("image/png");
            assertThat(whole.blob()).extracting(MediaDeserializerTest::content).isEqualTo(VALUE);
        });
    }

    @Test
    void takesPlainBytesOfOtherWritersForWholeBlobs() {
        assertThat(deserializer.deserialize("t", VALUE))
                .isInstanceOfSatisfying(
                        MediaPart.Whole.class,
                        whole -> assertThat(whole.blob().contentType()).isEmpty());
    }

    @Test
    void readsAChunk() {
        assertThat(deserializer.deserialize("t", headers("media.id", ID, "media.chunk", "70"), VALUE))
                .isInstanceOfSatisfying(MediaPart.Chunk.class, chunk -> {
                    assertThat(chunk.id()).hasToString(ID);
                    assertThat(chunk.index()).isEqualTo(70);
                    assertThat(chunk.bytes()).isSameAs(VALUE);
                })
                .hasToString("Chunk[id=" + ID + ", index=70, 3 bytes]");
    }

    @Test
    void readsAManifestAndSkipsMembersThatItDoesNotKnow() {
        assertThat(manifest(json("\"size\":7,\"chunks\":2,\"more\":[{\"a\":1}],\"sha256\":\"" + DIGEST
                        + "\",\"contentType\":\"a/b\",\"name\":\"x\"")))
                .isEqualTo(new MediaPart.Manifest(UUID.fromString(ID), 7, 2, DIGEST, "a/b", Optional.of("x")))
                .hasToString("Manifest[id=" + ID + ", size=7, chunks=2]");
    }

    @Test
    void theNameInAManifestIsFitForPeopleAsThatInAHeaderIs() {
        assertThat(manifest(json("\"size\":7,\"chunks\":2,\"sha256\":\"" + DIGEST
                        + "\",\"contentType\":\"a/b\",\"name\":\"a\\u001b[2J\\n\\ud800\"")))
                .isEqualTo(new MediaPart.Manifest(
                        UUID.fromString(ID), 7, 2, DIGEST, "a/b", Optional.of("a\uFFFD[2J\uFFFD\uFFFD")));
    }

    @Test
    void aTombstoneStaysNull() {
        assertThat(deserializer.deserialize("t", headers("media.id", ID), (byte[]) null))
                .isNull();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        media.id=ID                                       | its headers contradict each other
        media.chunk=0                                     | its headers contradict each other
        media.manifest=1                                  | its headers contradict each other
        media.id=ID,media.chunk=0,media.manifest=1        | its headers contradict each other
        media.id=ID,media.chunk=-1                        | media.chunk is not a whole number
        media.id=ID,media.chunk=01                        | media.chunk is not a whole number
        media.id=ID,media.chunk=1234567890123456789       | media.chunk is not a whole number
        media.id=ID,media.chunk=                          | media.chunk is not a whole number
        media.id=canary,media.chunk=0                     | media.id is not a UUID
        media.id=1-1-1-1-1,media.chunk=0                  | media.id is not a UUID in 36
        media.id=ID,media.id=ID,media.chunk=0             | media.id twice
        media.id=ID,media.manifest=2                      | does not know
        content-type=canary                               | content-type is not of the form
        content-type=a/b,content-type=a/b                 | content-type twice
        """)
    void refusesHeadersThatMeanNothing(String text, String reason) {
        RecordHeaders headers = new RecordHeaders();
        for (String header : text.replace("ID", ID).split(",", -1)) {
            String[] parts = header.split("=", 2);
            headers.add(parts[0], parts[1].getBytes(UTF_8));
        }
        refuses(headers, VALUE, reason);
    }

    @Test
    void refusesHeadersThatAreNoText() {
        Headers half = new RecordHeaders().add("media.id", new byte[] {(byte) 0xC3});
        refuses(half, VALUE, "media.id is not text in UTF-8");
        Headers none = new RecordHeaders().add("media.name", null);
        refuses(none, VALUE, "media.name is null");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
        ~~                                                             | is not a JSON object
        [canary]                                                       | is not a JSON object
        {"size":canary}                                                | not well-formed JSON
        {"size":7,"size":7}                                            | not well-formed JSON
        {"size":7                                                      | not well-formed JSON
        {"size":"canary"}                                              | "size" is not a whole number
        {"size":7.0}                                                   | "size" is not a whole number
        {"size":99999999999999999999}                                  | "size" is not a whole number
        {"sha256":7}                                                   | "sha256" is not a string
        {"chunks":2}                                                   | "size" and "chunks" are missing
        {"size":7,"chunks":0}                                          | "size" and "chunks" are missing or cannot be
        {"size":1,"chunks":2}                                          | "size" and "chunks" are missing or cannot be
        {"size":7,"chunks":2}                                          | "sha256" is missing
        {"size":7,"chunks":2,"sha256":"canary"}                        | "sha256" is missing or not
        {"size":7,"chunks":2,"sha256":"DIGEST"}                        | "contentType" is missing
        {"size":7,"chunks":2,"sha256":"DIGEST","contentType":"canary"} | "contentType" is missing or not
        {"size":7,"chunks":2,"sha256":"DIGEST","contentType":"x/y"}    | name different types
        {"size":7,"chunks":2,"sha256":"DIGEST","contentType":"a/b"} {} | something follows
        """)
    void refusesAManifestThatIsNone(String json, String reason) {
        Headers headers = headers("media.id", ID, "media.manifest", "1", "content-type", "a/b");
        refuses(headers, json.replace("DIGEST", DIGEST).getBytes(UTF_8), reason);
    }

    private void refuses(Headers headers, byte[] value, String reason) {
        assertThatThrownBy(() -> deserializer.deserialize("t", headers, value))
                .isInstanceOf(SerializationException.class)
                .hasMessageStartingWith("the record is no part of a blob in the media format: ")
                .hasMessageContaining(reason)
                .satisfies(thrown ->
                        assertThat(thrown.getMessage() + thrown.getCause()).doesNotContain("canary"));
    }

    private @Nullable MediaPart manifest(String json) {
        Headers headers = headers("media.id", ID, "media.manifest", "1", "content-type", "a/b");
        return deserializer.deserialize("t", headers, json.getBytes(UTF_8));
    }

    private static byte[] content(Blob blob) {
        try (InputStream content = blob.open()) {
            return content.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String json(String members) {
        return "{" + members + "}";
    }

    private static Headers headers(String... namesAndTexts) {
        RecordHeaders headers = new RecordHeaders();
        for (int i = 0; i < namesAndTexts.length; i += 2) {
            headers.add(namesAndTexts[i], namesAndTexts[i + 1].getBytes(UTF_8));
        }
        return headers;
    }
}
