// SPDX-License-Identifier: Apache-2.0
/** A partitioner and a guard of one's own, which the guide docs/writing-a-plugin.md walks through. */
@NullMarked
package com.example.region;

import org.jspecify.annotations.NullMarked;
