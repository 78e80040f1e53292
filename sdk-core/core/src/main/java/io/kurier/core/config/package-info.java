// SPDX-License-Identifier: Apache-2.0
/** What a check of a configuration returns: each key with its value and where that comes from. */
@NullMarked
package io.kurier.core.config;

import org.jspecify.annotations.NullMarked;
