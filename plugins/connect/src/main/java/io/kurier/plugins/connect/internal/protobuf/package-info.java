// SPDX-License-Identifier: Apache-2.0
/** Connect data as Protobuf. */
@NullMarked
package io.kurier.plugins.connect.internal.protobuf;

import org.jspecify.annotations.NullMarked;
