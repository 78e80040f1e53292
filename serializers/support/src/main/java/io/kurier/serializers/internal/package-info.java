// SPDX-License-Identifier: Apache-2.0
/**
 * Code that Kurier's serializers share; not for direct use by applications.
 *
 * <ul>
 *   <li>{@link io.kurier.serializers.internal.ClientConfig}: the keys of a plain Kafka client, with {@code key.} and
 *       {@code value.} as prefixes.
 *   <li>{@link io.kurier.serializers.internal.Framings}: the framings that a format can have, by the same key in every
 *       format; {@link io.kurier.serializers.internal.FrameWriters} and {@link
 *       io.kurier.serializers.internal.SchemaFrames} keep the writers that a framing has made for a schema.
 *   <li>{@link io.kurier.serializers.internal.SchemaFile}: a schema from the file system or the class path, or an error
 *       with what to do.
 *   <li>{@link io.kurier.serializers.internal.ReadLimits}: limits the cost of reading one record, by the same keys in
 *       every format; {@link io.kurier.serializers.internal.Meter} and {@link
 *       io.kurier.serializers.internal.ByteCursor} check a record against them.
 *   <li>{@link io.kurier.serializers.internal.ProtoBytes}: the fields of a message in Protobuf's wire format, without its
 *       library.
 *   <li>{@link io.kurier.serializers.internal.WithheldException}: replaces the cause of an error, without the message,
 *       which may show a value.
 * </ul>
 */
@NullMarked
package io.kurier.serializers.internal;

import org.jspecify.annotations.NullMarked;
