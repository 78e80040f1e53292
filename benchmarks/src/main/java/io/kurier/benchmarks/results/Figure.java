// SPDX-License-Identifier: Apache-2.0
package io.kurier.benchmarks.results;

/**
 * One measured value, as a line of JSON.
 *
 * @param run the name of the run, with {@code --link RATE} if the link had a rate
 * @param table the title of the table
 * @param row the name of the candidate
 * @param measure what was measured, with {@code / ROW} if it is the ratio to another row of the table
 * @param value the median, or the ratio of the medians
 * @param smallest the smallest value of a round
 * @param largest the largest value of a round
 * @param command the command that repeats the run
 * @param machine processor, their number, and JDK
 * @param date the day of the run, in UTC, as ISO 8601
 */
public record Figure(
        String run,
        String table,
        String row,
        String measure,
        double value,
        double smallest,
        double largest,
        String command,
        String machine,
        String date) {}
