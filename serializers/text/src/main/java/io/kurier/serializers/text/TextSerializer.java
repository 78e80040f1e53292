// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.text;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Writes text in a charset, and refuses text that the charset cannot express; Kafka's {@code StringSerializer} writes
 * a {@code ?} instead.
 *
 * <p>Null stays null (a tombstone). After {@link #configure} it is safe for use by any number of threads.
 */
public final class TextSerializer implements Serializer<CharSequence> {

    /**
     * The charset's name, if a Kafka client makes this class by its name; UTF-8 if absent. With the prefix {@code key.}
     * or {@code value.} it is for keys or values only, and takes precedence.
     */
    public static final String CHARSET_CONFIG = "text.charset";

    private StrictCharset charset;

    /** Creates a serializer of UTF-8, unless {@link #configure} names another charset. */
    public TextSerializer() {
        this(StandardCharsets.UTF_8);
    }

    /**
     * Creates a serializer of the given charset.
     *
     * @throws ConfigException if Java can only read the charset
     */
    public TextSerializer(Charset charset) {
        this.charset = StrictCharset.forWriting(charset);
    }

    /**
     * Takes the charset from a Kafka client's configuration, if it is set.
     *
     * @throws ConfigException if there is no such charset, or Java can only read it
     */
    @Override
    public void configure(Map<String, ?> configs, boolean isKey) {
        CharsetName.configured(configs, isKey).ifPresent(name -> charset = StrictCharset.forWriting(name));
    }

    /**
     * Returns the bytes of the text; null for null.
     *
     * @throws SerializationException if the charset cannot express a character, or a surrogate is unpaired; it names
     *     the place and does not show the text
     */
    @Override
    public byte @Nullable [] serialize(String topic, @Nullable CharSequence text) {
        return text == null ? null : charset.encode(text);
    }
}
