// SPDX-License-Identifier: Apache-2.0
/**
 * A format of one's own: a list of texts as one line of CSV.
 *
 * <p>{@link com.example.csv.CsvPlugin} is all that Kurier needs to know of it, {@link com.example.csv.CsvLine} is the
 * format itself. The README tells the steps.
 */
@NullMarked
package com.example.csv;

import org.jspecify.annotations.NullMarked;
