// SPDX-License-Identifier: Apache-2.0
/** How the host finds connectors and creates instances of their classes. For Kurier's own modules. */
@NullMarked
package io.kurier.plugins.host.internal;

import org.jspecify.annotations.NullMarked;
