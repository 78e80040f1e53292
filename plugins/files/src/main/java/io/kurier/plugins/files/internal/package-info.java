// SPDX-License-Identifier: Apache-2.0
/** Strict decoding of text, which Kurier's own file connectors share. Not for applications. */
@NullMarked
package io.kurier.plugins.files.internal;

import org.jspecify.annotations.NullMarked;
