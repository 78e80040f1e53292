// SPDX-License-Identifier: Apache-2.0
@NullMarked
package io.kurier.serializers.media;

import org.jspecify.annotations.NullMarked;
