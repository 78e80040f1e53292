// SPDX-License-Identifier: Apache-2.0
/** The shop's own format and rule, as plugins: nothing here but {@code META-INF/services} knows that they are any. */
package com.example.shop.plugins;
