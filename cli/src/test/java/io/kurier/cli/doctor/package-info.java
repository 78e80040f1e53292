// SPDX-License-Identifier: Apache-2.0
@NullMarked
package io.kurier.cli.doctor;

import org.jspecify.annotations.NullMarked;
