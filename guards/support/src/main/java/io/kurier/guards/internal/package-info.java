// SPDX-License-Identifier: Apache-2.0
/**
 * What the guards {@code encrypt} and {@code sign} share, and their readers: the canonical bytes of what surrounds a
 * value ({@link io.kurier.guards.internal.RecordBinding}), the key of the record that a consumer is reading ({@link
 * io.kurier.guards.internal.RecordKey}), files of keys ({@link io.kurier.guards.internal.KeysetFile}), and the
 * deserializer behind another one ({@link io.kurier.guards.internal.InnerDeserializer}). Not API.
 */
@NullMarked
package io.kurier.guards.internal;

import org.jspecify.annotations.NullMarked;
