// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.connect.internal.avro;

import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.connect.errors.DataException;

/**
 * Names that Avro allows, and the properties by which Avro converters of Connect keep what Avro has no place for.
 *
 * @param adjust whether a name that is not allowed is changed instead of refused
 */
record AvroNames(boolean adjust) {
    static final String NAME = "connect.name";
    static final String VERSION = "connect.version";
    static final String DOC = "connect.doc";
    static final String PARAMETERS = "connect.parameters";
    static final String DEFAULT = "connect.default";
    static final String TYPE = "connect.type";
    static final String INTERNAL_TYPE = "connect.internal.type";
    static final String MAP_ENTRY = "MapEntry";
    static final String PRECISION = "connect.decimal.precision";

    /** The names of records whose Connect schemas have none, which a reader of Connect leaves out again. */
    static final String NAMESPACE = "io.confluent.connect.avro";

    static final String DEFAULT_NAME = "ConnectDefault";

    private static final Pattern ALLOWED = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final Pattern UNNAMED = Pattern.compile("io\\.confluent\\.connect\\.avro\\.ConnectDefault\\d*");

    static boolean isUnnamed(String fullName) {
        return UNNAMED.matcher(fullName).matches();
    }

    /**
     * Returns the name of a record with its namespace.
     *
     * @param path the path of the field, for errors
     */
    String ofRecord(String name, String path) {
        return Arrays.stream(name.split("\\.", -1))
                .map(part -> allowed(part, "the name of the schema", name, path))
                .collect(Collectors.joining("."));
    }

    String ofField(String name, String path) {
        return allowed(name, "the name of the field", name, path);
    }

    private String allowed(String part, String what, String whole, String path) {
        if (ALLOWED.matcher(part).matches()) {
            return part;
        }
        if (!adjust) {
            throw new DataException(path + ": " + what + ", \"" + whole + "\", is none in Avro, which allows letters,"
                    + " digits and underscores. Rename it with a transformation, or set names.adjust=true");
        }
        String replaced = part.replaceAll("[^A-Za-z0-9_]", "_");
        return ALLOWED.matcher(replaced).matches() ? replaced : "_" + replaced;
    }
}
