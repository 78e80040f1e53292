// SPDX-License-Identifier: Apache-2.0
/** The shop's own format and partitioner, as plugins: only {@code META-INF/services} declares them as such. */
package com.example.shop.plugins;
