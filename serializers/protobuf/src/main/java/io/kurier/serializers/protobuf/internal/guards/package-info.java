// SPDX-License-Identifier: Apache-2.0
/** How guards of other modules read the messages of a topic. */
@NullMarked
package io.kurier.serializers.protobuf.internal.guards;

import org.jspecify.annotations.NullMarked;
