// SPDX-License-Identifier: Apache-2.0
@NullMarked
package io.kurier.cli.partition;

import org.jspecify.annotations.NullMarked;
