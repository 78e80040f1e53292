// SPDX-License-Identifier: Apache-2.0
@NullMarked
package io.kurier.cli.plan;

import org.jspecify.annotations.NullMarked;
