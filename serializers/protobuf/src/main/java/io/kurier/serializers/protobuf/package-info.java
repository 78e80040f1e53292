// SPDX-License-Identifier: Apache-2.0
@NullMarked
package io.kurier.serializers.protobuf;

import org.jspecify.annotations.NullMarked;
