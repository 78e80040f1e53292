// SPDX-License-Identifier: Apache-2.0
/** A topic whose values only readers with the key can read, with the key in a source of the company's own. */
@NullMarked
package com.example.payroll;

import org.jspecify.annotations.NullMarked;
