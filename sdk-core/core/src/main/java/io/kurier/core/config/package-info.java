// SPDX-License-Identifier: Apache-2.0
/** The result of a check of a configuration: each key with its value and the source of the value. */
@NullMarked
package io.kurier.core.config;

import org.jspecify.annotations.NullMarked;
