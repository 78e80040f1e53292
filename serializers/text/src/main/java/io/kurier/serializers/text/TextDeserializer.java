// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.text;

import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * Reads text in a charset, and refuses bytes that are not valid in it; Kafka's {@code StringDeserializer} reads U+FFFD
 * instead.
 *
 * <p>Null stays null (a tombstone). The charset's key is {@link TextSerializer#CHARSET_CONFIG}. After {@link
 * #configure} it is safe for use by any number of threads.
 */
public final class TextDeserializer implements Deserializer<String> {
    private StrictCharset charset;

    /** Creates a deserializer of UTF-8, unless {@link #configure} names another charset. */
    public TextDeserializer() {
        this(StandardCharsets.UTF_8);
    }

    /** Creates a deserializer of the given charset. */
    public TextDeserializer(Charset charset) {
        this.charset = StrictCharset.forReading(charset);
    }

    /**
     * Takes the charset from a Kafka client's configuration, if it is set.
     *
     * @throws ConfigException if there is no such charset
     */
    @Override
    public void configure(Map<String, ?> configs, boolean isKey) {
        CharsetName.configured(configs, isKey).ifPresent(name -> charset = StrictCharset.forReading(name));
    }

    /**
     * Returns the text of the bytes; null for null.
     *
     * @throws SerializationException if the bytes are not text in the charset; it names the place and does not show the
     *     bytes
     */
    @Override
    public @Nullable String deserialize(String topic, byte @Nullable [] bytes) {
        return bytes == null ? null : charset.decode(ByteBuffer.wrap(bytes));
    }

    /** Returns the text of the bytes between the buffer's position and limit, and does not change the buffer. */
    @Override
    public @Nullable String deserialize(String topic, Headers headers, @Nullable ByteBuffer bytes) {
        return bytes == null ? null : charset.decode(bytes);
    }
}
