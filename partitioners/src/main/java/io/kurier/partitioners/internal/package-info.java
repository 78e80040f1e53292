// SPDX-License-Identifier: Apache-2.0
/**
 * What the partitioner {@code spread} and the command {@code kurier partition --stats} share: the sketch that finds
 * frequent keys, and the name under which a key is shown. Not API.
 */
@NullMarked
package io.kurier.partitioners.internal;

import org.jspecify.annotations.NullMarked;
