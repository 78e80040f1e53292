// SPDX-License-Identifier: Apache-2.0
/** Encrypts named fields of Protobuf messages. Nothing else refers to the serializer of Protobuf, which is optional. */
@NullMarked
package io.kurier.guards.encrypt.internal.protobuf;

import org.jspecify.annotations.NullMarked;
