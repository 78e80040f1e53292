// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.files;

import java.io.IOException;
import java.util.List;
import org.apache.kafka.common.config.ConfigDef;

/**
 * What differs from one file connector to the next. An implementation is stateless: each connector and each task
 * creates one.
 */
public interface FileFormat {

    /** Returns the name of the Kurier serializer for the values, the default of {@code value.serializer}. */
    String serializer();

    /** Returns the globs of the format's usual file names, the default of {@code include}. */
    List<String> include();

    /** Returns whether the format reads what is compressed in a file, and not the file as it is. */
    default boolean decompresses() {
        return true;
    }

    /** Returns what the key {@code key} offers for records of this format. */
    default Keys keys() {
        return Keys.FILE;
    }

    /**
     * Adds the format's own keys to those that all file connectors share, with validators whose messages include what
     * to do.
     */
    default void define(ConfigDef keys) {}

    /**
     * Returns whether a renamed file continues under its new name. False if the records carry the file's name, because
     * the records under the new name are then different ones.
     */
    default boolean followsRenames() {
        return true;
    }

    /**
     * Reads the configuration; called once per task.
     *
     * @throws org.apache.kafka.common.config.ConfigException if keys contradict each other
     */
    Opener opener(FileSourceConfig config);

    /** What may become the key of a record. */
    enum Keys {
        /** The format gives records their keys; {@code key} cannot be set. */
        OWN,
        /** Nothing, or the name or the path of the file, which this package adds. */
        FILE,
        /** These, or a field, which the format takes from {@link FileSourceConfig#keyField()}. */
        FIELD
    }

    /** Opens a file for reading. */
    @FunctionalInterface
    interface Opener {

        /**
         * Creates the reader of a file.
         *
         * @param input the file, positioned at {@code from}; may be moved, for example to read a file header
         * @param from where to continue: {@link Position#START}, or the end of a record that was read before
         * @return the reader
         * @throws IOException if the file cannot be read
         */
        RecordReader open(FileInput input, Position from) throws IOException;
    }
}
