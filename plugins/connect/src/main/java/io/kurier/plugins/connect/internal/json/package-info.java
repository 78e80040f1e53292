// SPDX-License-Identifier: Apache-2.0
/** Connect data as JSON. */
@NullMarked
package io.kurier.plugins.connect.internal.json;

import org.jspecify.annotations.NullMarked;
