// SPDX-License-Identifier: Apache-2.0
/**
 * What Kurier's serializers share; nothing that an application uses by itself.
 *
 * <ul>
 *   <li>{@link io.kurier.serializers.internal.ClientConfig}: the keys of a plain Kafka client, with {@code key.} and
 *       {@code value.} before them.
 *   <li>{@link io.kurier.serializers.internal.Framings}: the framings that a format can have, by the same key in every format;
 *       {@link io.kurier.serializers.internal.FrameWriters} and {@link io.kurier.serializers.internal.SchemaFrames} keep what a
 *       framing has made for a schema.
 *   <li>{@link io.kurier.serializers.internal.SchemaFile}: a schema from the file system or the class path, or an error that
 *       says what to do.
 *   <li>{@link io.kurier.serializers.internal.ReadLimits}: what one record may cost its reader, by the same keys in every
 *       format; {@link io.kurier.serializers.internal.Meter} and {@link io.kurier.serializers.internal.ByteCursor} look a record
 *       through for it.
 *   <li>{@link io.kurier.serializers.internal.WithheldException}: the cause of an error without the message, which may show a
 *       value.
 * </ul>
 */
@NullMarked
package io.kurier.serializers.internal;

import org.jspecify.annotations.NullMarked;
