// SPDX-License-Identifier: Apache-2.0
package io.kurier.promises;

import org.jspecify.annotations.Nullable;

/**
 * A record as a {@code read_committed} consumer sees it.
 *
 * @param place where it was read
 * @param key its key, null if it has none
 * @param value its value, null if it is a tombstone
 */
record Stored(Place place, @Nullable String key, @Nullable String value) {}
