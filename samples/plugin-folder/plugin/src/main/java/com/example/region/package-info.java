// SPDX-License-Identifier: Apache-2.0
/** A custom partitioner and a custom guard, which docs/writing-a-plugin.md explains step by step. */
@NullMarked
package com.example.region;

import org.jspecify.annotations.NullMarked;
