// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.text;

import io.kurier.spi.SerializerPlugin;
import io.kurier.spi.SerializerSettings;
import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.utils.Bytes;

/**
 * Makes {@code text} (any charset, key {@code charset}) and its alias {@code bytes} (unchanged, no keys) available in
 * configuration.
 */
public final class TextSerializerPlugin implements SerializerPlugin {
    private static final String TEXT = "text";
    private static final String BYTES = "bytes";
    private static final String CHARSET = "charset";
    private static final Set<Type> BYTE_TYPES = Set.of(Object.class, byte[].class, ByteBuffer.class, Bytes.class);

    /** Creates the plugin; for {@link java.util.ServiceLoader}. */
    public TextSerializerPlugin() {}

    @Override
    public String name() {
        return TEXT;
    }

    @Override
    public Set<String> aliases() {
        return Set.of(BYTES);
    }

    @Override
    public ConfigDef configDef() {
        return new ConfigDef()
                .define(
                        CHARSET,
                        ConfigDef.Type.STRING,
                        "UTF-8",
                        ConfigDef.LambdaValidator.with(
                                (key, value) -> CharsetName.find(key, value), () -> "the name of a charset"),
                        Importance.MEDIUM,
                        "The charset of text, by any name that Java knows. The alias 'bytes' takes none.");
    }

    /**
     * Returns the serializer of text or bytes.
     *
     * @throws ConfigException if the declared type is neither, or a charset is set for bytes
     */
    @Override
    public Serializer<?> serializer(SerializerSettings settings) {
        Type type = settings.type();
        if (settings.name().equals(BYTES)) {
            refuseCharset(settings);
            requireType(settings, BYTE_TYPES.contains(type), "byte[], ByteBuffer or Bytes");
            return type == byte[].class ? new ByteArraySerializer() : new PlainBytesSerializer();
        }
        requireType(settings, type == Object.class || isText(type), "String or another CharSequence");
        TextSerializer serializer = new TextSerializer(charset(settings));
        return type == Object.class ? checkingType(serializer) : serializer;
    }

    /** Returns the deserializer: of {@code String} for text and {@code byte[]} for bytes. */
    @Override
    public Optional<Deserializer<?>> deserializer(SerializerSettings settings) {
        return Optional.of(
                settings.name().equals(BYTES) ? new ByteArrayDeserializer() : new TextDeserializer(charset(settings)));
    }

    private static Charset charset(SerializerSettings settings) {
        return CharsetName.find(CHARSET, settings.config().getString(CHARSET));
    }

    private static boolean isText(Type type) {
        return type instanceof Class<?> plain && CharSequence.class.isAssignableFrom(plain);
    }

    private static void requireType(SerializerSettings settings, boolean fits, String needed) {
        if (!fits) {
            throw new ConfigException("serializer " + settings.name() + " writes " + needed + ", but the topic's "
                    + (settings.forKey() ? "keys" : "values") + " are declared as "
                    + settings.type().getTypeName() + ": declare a type that it writes, or choose another serializer");
        }
    }

    private static void refuseCharset(SerializerSettings settings) {
        if (settings.config().originals().containsKey(CHARSET)) {
            throw new ConfigException(
                    CHARSET,
                    settings.config().getString(CHARSET),
                    "bytes are written as they are and have no charset: remove the key, or choose text");
        }
    }

    /** If code declared no type, a wrong one is detected only now: this message is better than a ClassCastException. */
    private static Serializer<Object> checkingType(TextSerializer serializer) {
        return (topic, value) -> {
            if (value == null || value instanceof CharSequence) {
                return serializer.serialize(topic, (CharSequence) value);
            }
            throw new SerializationException("text is written from a CharSequence, not from "
                    + value.getClass().getName() + ": convert it, or choose another serializer");
        };
    }
}
