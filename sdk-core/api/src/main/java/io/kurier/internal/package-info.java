// SPDX-License-Identifier: Apache-2.0
/**
 * What Kurier's own modules share beside the API; not for applications or other plugins, and it may change with any version.
 * It is here because every module depends on this one, and the core and the serializers must not depend on each other.
 */
@NullMarked
package io.kurier.internal;

import org.jspecify.annotations.NullMarked;
