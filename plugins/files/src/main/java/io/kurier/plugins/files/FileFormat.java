// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.files;

import java.io.IOException;
import java.util.List;
import org.apache.kafka.common.config.ConfigDef;

/**
 * All that differs from one file connector to the next. An implementation is stateless: one is made with every
 * connector and task.
 */
public interface FileFormat {

    /** The name of the Kurier serializer for the values, the default of {@code value.serializer}. */
    String serializer();

    /** The globs of the format's usual file names, the default of {@code include}. */
    List<String> include();

    /** Adds the format's own keys to those that all file connectors share, with validators that say what to do. */
    default void define(ConfigDef keys) {}

    /**
     * Whether a file that was renamed is read on under its new name. Not if the records carry the name, because then
     * those under the new name are others.
     */
    default boolean followsRenames() {
        return true;
    }

    /**
     * Takes the configuration; called once a task.
     *
     * @throws org.apache.kafka.common.config.ConfigException if keys contradict each other
     */
    Opener opener(FileSourceConfig config);

    /** Begins to read a file. */
    @FunctionalInterface
    interface Opener {

        /**
         * Makes the reader of a file.
         *
         * @param input the file, standing at {@code from}; may be moved, for example to look at a file header
         * @param from where to go on: {@link Position#START}, or the end of a record that was read before
         * @throws IOException if the file cannot be read
         */
        RecordReader open(FileInput input, Position from) throws IOException;
    }
}
