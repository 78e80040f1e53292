// SPDX-License-Identifier: Apache-2.0
/**
 * A framing of one's own: the id of a schema before each payload.
 *
 * <p>{@link com.example.framing.NumberedPlugin} is all that Kurier needs to know of it, {@code NumberedFraming} is the framing
 * itself, {@link com.example.framing.Registry} the server that knows the ids. The README has the steps.
 */
@NullMarked
package com.example.framing;

import org.jspecify.annotations.NullMarked;
