// SPDX-License-Identifier: Apache-2.0
/** The client of a schema registry. For the modules of Kurier only. */
@NullMarked
package io.kurier.serializers.registry.internal;

import org.jspecify.annotations.NullMarked;
