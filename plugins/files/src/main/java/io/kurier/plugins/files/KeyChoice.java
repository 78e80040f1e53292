// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.files;

import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/** The values of {@code key}: what becomes the key of a record. */
final class KeyChoice {

    static final String NONE = "none";
    static final String FILE = "file";
    static final String PATH = "path";
    static final String FIELD = "field:";

    private KeyChoice() {}

    /** Returns the name of the field; empty if the choice is not a field. */
    static String field(String choice) {
        return choice.startsWith(FIELD) ? choice.substring(FIELD.length()) : "";
    }

    /**
     * Checks {@code key}.
     *
     * @param offered what the format offers
     */
    record Valid(FileFormat.Keys offered) implements ConfigDef.Validator {
        @Override
        public void ensureValid(String key, @Nullable Object value) {
            String choice = String.valueOf(value);
            if (choice.equals(NONE)) {
                return;
            }
            if (offered == FileFormat.Keys.OWN) {
                throw new ConfigException(
                        key, value, "is not possible: this connector gives all records of a file the key they need.");
            }
            if (choice.equals(FILE) || choice.equals(PATH)) {
                return;
            }
            if (!choice.startsWith(FIELD)) {
                throw new ConfigException(key, value, "is none of " + this + ".");
            }
            if (offered == FileFormat.Keys.FILE) {
                throw new ConfigException(
                        key,
                        value,
                        "is not possible: the records of this connector have no fields. Write " + this + ".");
            }
            if (field(choice).isBlank()) {
                throw new ConfigException(key, value, "names no field. Write its name behind the colon.");
            }
        }

        @Override
        public String toString() {
            return switch (offered) {
                case OWN -> NONE;
                case FILE -> String.join(", ", NONE, FILE, PATH);
                case FIELD -> String.join(", ", NONE, FILE, PATH, FIELD + "NAME");
            };
        }
    }
}
