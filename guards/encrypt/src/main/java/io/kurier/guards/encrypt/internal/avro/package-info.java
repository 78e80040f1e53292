// SPDX-License-Identifier: Apache-2.0
/** Encrypts named fields of Avro records. Nothing else refers to Avro's library, which is optional. */
@NullMarked
package io.kurier.guards.encrypt.internal.avro;

import org.jspecify.annotations.NullMarked;
