// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.media;

import static io.kurier.serializers.media.BlobChunksTest.bytes;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kurier.spi.RecordSequence;
import io.kurier.spi.SerializerPlugin;
import io.kurier.spi.SerializerSettings;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Serializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MediaSerializerTest {

    @TempDir
    Path folder;

    private final SerializerPlugin plugin = new MediaSerializerPlugin();
    private final MediaSerializer<Object> serializer = new MediaSerializer<>(1024);

    @Test
    void theServiceLoaderFindsThePluginByTheNameThatUsersWrite() {
        assertThat(ServiceLoader.load(SerializerPlugin.class))
                .anySatisfy(found -> assertThat(found.name()).isEqualTo("media"))
                .hasAtLeastOneElementOfType(MediaSerializerPlugin.class);
    }

    @Test
    void takesBlobsPathsAndBytes() throws IOException {
        Path file = Files.write(folder.resolve("a.bin"), bytes(5));
        for (Object value : List.of(Blob.of(bytes(5)), file, bytes(5))) {
            assertThat(serializer.serialize("t", new RecordHeaders(), value)).isEqualTo(bytes(5));
            assertThat(serializer.serialize("t", value)).isEqualTo(bytes(5));
        }
        assertThat(serializer.serialize("t", new RecordHeaders(), null)).isNull();
        assertThatThrownBy(() -> serializer.serialize("t", new RecordHeaders(), "text"))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("not a java.lang.String")
                .hasMessageContaining("Blob.of");
    }

    @Test
    void aPlainProducerGetsTheHeadersOfABlobOfOneRecord() {
        Headers headers = new RecordHeaders().add("trace", new byte[] {7});
        serializer.serialize("t", headers, Blob.of(bytes(1)).named("a").contentType("a/b"));
        assertThat(headers).extracting(Header::key).containsExactly("trace", "content-type", "media.name");
    }

    @Test
    void aPlainProducerIsToldHowToSendALargerBlobAndItsHeadersStay() {
        Headers headers = new RecordHeaders().add("trace", new byte[] {7});
        AtomicBoolean closed = new AtomicBoolean();
        InputStream stream = new ByteArrayInputStream(bytes(1025)) {
            @Override
            public void close() {
                closed.set(true);
            }
        };
        assertThatThrownBy(() -> serializer.serialize("t", headers, Blob.of(stream)))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("more than 1024 bytes")
                .hasMessageContaining("MediaSerializer.sequence(...) yourself, all to one partition")
                .hasMessageContaining("Publish it with a Kurier publisher");
        assertThat(headers).extracting(Header::key).containsExactly("trace");
        assertThat(closed).isTrue();
    }

    @Test
    void eachRecordOfASequenceHasTheHeadersOfTheMessageToo() throws IOException {
        Headers headers = new RecordHeaders().add("trace", new byte[] {7});
        int records = 0;
        try (RecordSequence sequence = serializer.sequence("t", headers, bytes(2000))) {
            Headers each = new RecordHeaders(headers);
            while (sequence.next(each) != null) {
                assertThat(each).extracting(Header::key).contains("trace", "content-type", "media.id");
                each = new RecordHeaders(headers);
                records++;
            }
        }
        assertThat(records).isEqualTo(3);
        assertThat(headers).hasSize(1);
    }

    @Test
    void aContentTypeAmongTheHeadersCountsAsDeclared() {
        Headers headers = new RecordHeaders().add("content-type", "image/x-mine".getBytes(UTF_8));
        serializer.serialize("t", headers, bytes(1));
        assertThat(headers)
                .singleElement()
                .satisfies(header -> assertThat(header.value()).isEqualTo("image/x-mine".getBytes(UTF_8)));

        Blob same = Blob.of(bytes(1)).contentType("image/x-mine");
        assertThat(serializer.serialize("t", headers, same)).hasSize(1);
        assertThatThrownBy(() -> serializer.serialize("t", headers, same.contentType("a/b")))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("different types");
        Headers wrong = new RecordHeaders().add("content-type", "canary".getBytes(UTF_8));
        assertThatThrownBy(() -> serializer.serialize("t", wrong, bytes(1)))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("type/subtype")
                .hasMessageNotContaining("canary");
    }

    @Test
    void headersOfTheFormatAreItsOwn() {
        Headers headers = new RecordHeaders().add("media.chunk", new byte[] {'0'});
        assertThatThrownBy(() -> serializer.sequence("t", headers, bytes(1)))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("media.chunk")
                .hasMessageContaining("another name");
    }

    @Test
    void aFileThatCannotBeReadSaysWhy() {
        assertThatThrownBy(() -> serializer.serialize("t", new RecordHeaders(), folder.resolve("none")))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("none: there is no such file");
    }

    @Test
    void aClientThatMakesItByItsClassNameSetsTheSizeOfChunks() {
        try (MediaSerializer<byte[]> byName = new MediaSerializer<>()) {
            assertThat(byName.serialize("t", new RecordHeaders(), bytes(524_288)))
                    .hasSize(524_288);
            byName.configure(Map.of("media.chunk.bytes", "3000", "value.media.chunk.bytes", "2000"), false);
            assertThat(byName.serialize("t", new RecordHeaders(), bytes(2000))).hasSize(2000);
            assertThatThrownBy(() -> byName.serialize("t", new RecordHeaders(), bytes(2001)))
                    .hasMessageContaining("2000");
            assertThatThrownBy(() -> byName.configure(Map.of("value.media.chunk.bytes", 1023), false))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining("value.media.chunk.bytes")
                    .hasMessageContaining("1024");
            assertThatThrownBy(() -> byName.configure(Map.of(), true))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining("media is for values");
        }
    }

    @ParameterizedTest
    @ValueSource(classes = {Object.class, Blob.class, byte[].class, Path.class})
    void thePluginMakesWhatItIsConfiguredFor(Class<?> type) {
        Serializer<?> made = plugin.serializer(settings(type, false, Map.of("chunk.bytes", "2048")));
        assertThat(made).isInstanceOf(MediaSerializer.class);
        assertThat(plugin.deserializer(settings(type, false, Map.of()))).containsInstanceOf(MediaDeserializer.class);
    }

    @Test
    void thePluginRefusesKeysOtherTypesAndSizes() {
        assertThatThrownBy(() -> plugin.serializer(settings(Blob.class, true, Map.of())))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("Take another serializer for keys");
        assertThatThrownBy(() -> plugin.serializer(settings(String.class, false, Map.of())))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("java.lang.String");
        assertThatThrownBy(() -> settings(Blob.class, false, Map.of("chunk.bytes", "1000")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("chunk.bytes");
    }

    private SerializerSettings settings(Type type, boolean forKey, Map<String, String> keys) {
        return new SerializerSettings(
                "media",
                "orders",
                "orders",
                forKey,
                type,
                new AbstractConfig(plugin.configDef(), new HashMap<>(keys), false));
    }
}
