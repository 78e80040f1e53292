// SPDX-License-Identifier: Apache-2.0
@NullMarked
package io.kurier.cli.top;

import org.jspecify.annotations.NullMarked;
