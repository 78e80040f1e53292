// SPDX-License-Identifier: Apache-2.0
/**
 * Descriptor sets, which Kurier's Protobuf serializer and its source connector share; not for applications. {@link
 * io.kurier.serializers.protobuf.internal.DescriptorSet} reads and links one, and finds message types and extensions in
 * it.
 */
@NullMarked
package io.kurier.serializers.protobuf.internal;

import org.jspecify.annotations.NullMarked;
