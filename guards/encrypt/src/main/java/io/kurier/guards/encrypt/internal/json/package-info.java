// SPDX-License-Identifier: Apache-2.0
/** Encrypts named fields of JSON, of which all other bytes stay as they are. It needs no JSON library. */
@NullMarked
package io.kurier.guards.encrypt.internal.json;

import org.jspecify.annotations.NullMarked;
