// SPDX-License-Identifier: Apache-2.0
@NullMarked
package io.kurier.serializers.avro;

import org.jspecify.annotations.NullMarked;
