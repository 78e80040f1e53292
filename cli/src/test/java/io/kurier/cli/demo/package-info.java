// SPDX-License-Identifier: Apache-2.0
/** Shows that the demo's checker finds what it is there to find. */
@NullMarked
package io.kurier.cli.demo;

import org.jspecify.annotations.NullMarked;
