// SPDX-License-Identifier: Apache-2.0
/**
 * A custom partitioner: large tenants have a partition each, and all others share the rest.
 *
 * <p>{@link com.example.tenants.TenantPlugin} is all of it. The README describes the steps.
 */
@NullMarked
package com.example.tenants;

import org.jspecify.annotations.NullMarked;
