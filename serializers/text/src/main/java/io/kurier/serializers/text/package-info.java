// SPDX-License-Identifier: Apache-2.0
/**
 * Text in any charset, and unchanged bytes.
 *
 * <p>In a publisher's configuration the format is chosen by name:
 *
 * <pre>{@code
 * topics.lines.value.serializer=text
 * topics.lines.value.serializer.charset=windows-1252
 * topics.raw.value.serializer=bytes
 * }</pre>
 *
 * <p>{@code text} takes a {@code CharSequence} and is strict in both directions: Java's own conversions silently
 * replace what does not fit the charset by {@code ?} or U+FFFD; here it is an error that names the place. {@code bytes}
 * takes {@code byte[]}, {@link java.nio.ByteBuffer} or {@link org.apache.kafka.common.utils.Bytes}.
 *
 * <p>Without a publisher the two classes work in any Kafka client:
 *
 * <pre>{@code
 * value.serializer=io.kurier.serializers.text.TextSerializer
 * value.deserializer=io.kurier.serializers.text.TextDeserializer
 * value.text.charset=windows-1252
 * }</pre>
 *
 * <p>{@link io.kurier.serializers.text.TextSerializer} and {@link io.kurier.serializers.text.TextDeserializer} share
 * one charset conversion; {@link io.kurier.serializers.text.TextSerializerPlugin} makes them available to a publisher.
 */
@NullMarked
package io.kurier.serializers.text;

import org.jspecify.annotations.NullMarked;
