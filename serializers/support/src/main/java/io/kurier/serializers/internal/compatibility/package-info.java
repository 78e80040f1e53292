// SPDX-License-Identifier: Apache-2.0
/**
 * What breaks from one version of a schema to the next, for each format. For the modules of Kurier only; users have it
 * as an assertion, in {@code kurier-testkit}.
 */
@NullMarked
package io.kurier.serializers.internal.compatibility;

import org.jspecify.annotations.NullMarked;
