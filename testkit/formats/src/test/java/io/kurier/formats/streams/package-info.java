// SPDX-License-Identifier: Apache-2.0
/** The serdes of the formats in Kafka Streams. */
@NullMarked
package io.kurier.formats.streams;

import org.jspecify.annotations.NullMarked;
