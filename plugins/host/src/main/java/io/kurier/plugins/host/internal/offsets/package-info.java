// SPDX-License-Identifier: Apache-2.0
/**
 * Where source offsets are kept: {@link io.kurier.plugins.host.internal.offsets.FileBackingStore} in a file that is
 * replaced as a whole, {@link io.kurier.plugins.host.internal.offsets.TopicBackingStore} in a compacted topic in the
 * format of Kafka Connect. {@link io.kurier.plugins.host.internal.offsets.ConnectMaps} and {@link
 * io.kurier.plugins.host.internal.offsets.OffsetJson} have Connect's rules for the values and their JSON. For Kurier's
 * own modules.
 */
@NullMarked
package io.kurier.plugins.host.internal.offsets;

import org.jspecify.annotations.NullMarked;
