// SPDX-License-Identifier: Apache-2.0
package io.kurier.benchmarks.connect;

import java.io.IOException;
import java.nio.file.Path;

/** Imports files into a topic, with a process of its own for each import. */
interface Importer {

    /** Returns its name in the report. */
    String row();

    /** Returns whether it can read such files. */
    boolean reads(Input.Kind kind);

    /**
     * Imports an input.
     *
     * @param log the topic, which is empty
     * @param folder an empty folder for the files of the process
     * @return when the process started and what it took
     * @throws IllegalStateException if the process ends before, or takes longer than ten minutes; it has ended then
     */
    Use run(Input input, TopicLog log, Path folder) throws IOException;

    /**
     * What a process took.
     *
     * @param startMillis when it was started, in milliseconds since the epoch
     * @param cpuSeconds its processor time, user and system
     * @param startRecords how many records were stored when the first ones were seen, 0 if they were not looked for
     * @param startCpuSeconds its processor time by then
     */
    record Use(long startMillis, double cpuSeconds, long startRecords, double startCpuSeconds) {}
}
