// SPDX-License-Identifier: Apache-2.0
/** A shop whose messages are timed and traced. */
@NullMarked
package com.example.observability;

import org.jspecify.annotations.NullMarked;
