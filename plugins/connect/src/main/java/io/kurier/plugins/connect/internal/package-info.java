// SPDX-License-Identifier: Apache-2.0
/** How Connect data become the values of a format, one package each. Not for use by other modules. */
@NullMarked
package io.kurier.plugins.connect.internal;

import org.jspecify.annotations.NullMarked;
