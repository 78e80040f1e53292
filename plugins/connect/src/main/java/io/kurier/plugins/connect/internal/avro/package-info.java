// SPDX-License-Identifier: Apache-2.0
/** Connect data as Avro. */
@NullMarked
package io.kurier.plugins.connect.internal.avro;

import org.jspecify.annotations.NullMarked;
