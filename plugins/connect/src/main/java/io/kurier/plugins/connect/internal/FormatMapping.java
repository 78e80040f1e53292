// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.connect.internal;

import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;

/**
 * Maps Connect data for the serializer of one format. Found by {@link java.util.ServiceLoader}, so that the converter
 * does not depend on the library of a format that is not used.
 */
public interface FormatMapping {

    /** Returns the name of the serializer, such as {@code avro}. */
    String format();

    /** Returns the mapping's own keys, each with a default; none is a key of the serializer. */
    default ConfigDef configDef() {
        return new ConfigDef();
    }

    /** Creates the mapping of one converter. */
    DataMapping mapping(AbstractConfig keys);
}
