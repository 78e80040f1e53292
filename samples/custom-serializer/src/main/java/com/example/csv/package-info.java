// SPDX-License-Identifier: Apache-2.0
/**
 * A custom format: a list of texts as one line of CSV.
 *
 * <p>{@link com.example.csv.CsvPlugin} is the part that Kurier needs, {@link com.example.csv.CsvLine} is the format
 * itself. The README describes the steps.
 */
@NullMarked
package com.example.csv;

import org.jspecify.annotations.NullMarked;
