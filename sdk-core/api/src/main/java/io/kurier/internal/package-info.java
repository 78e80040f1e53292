// SPDX-License-Identifier: Apache-2.0
/**
 * Code that Kurier's own modules share and that is not part of the API. It is not for applications or other plugins,
 * and may change with any version. It is in this module because every module depends on this one, and the core and the
 * serializers must not depend on each other.
 */
@NullMarked
package io.kurier.internal;

import org.jspecify.annotations.NullMarked;
