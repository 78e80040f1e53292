// SPDX-License-Identifier: Apache-2.0
/** Parts of readers of text that Kurier's own connectors share: strict decoding, and the ends of lines. Not for applications. */
@NullMarked
package io.kurier.plugins.files.internal;

import org.jspecify.annotations.NullMarked;
