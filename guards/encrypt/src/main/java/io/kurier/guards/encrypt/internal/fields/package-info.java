// SPDX-License-Identifier: Apache-2.0
/** What the formats have in common whose named fields are encrypted one by one. */
@NullMarked
package io.kurier.guards.encrypt.internal.fields;

import org.jspecify.annotations.NullMarked;
