// SPDX-License-Identifier: Apache-2.0
package io.kurier.guards.encrypt;

import io.kurier.guards.encrypt.internal.fields.FieldTree;
import io.kurier.guards.encrypt.internal.fields.SealedFields;
import io.kurier.guards.encrypt.internal.json.JsonFields;
import io.kurier.spi.GuardSettings;
import io.kurier.spi.SerializerSettings;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;

/** The formats of which named fields can be encrypted, by the names of their serializers. */
final class FieldFormats {
    static final String JSON = "json";
    private static final String JSON3 = "json3";

    /** The names, in the order of their documentation. */
    static final String[] NAMES = {JSON, JSON3};

    private FieldFormats() {}

    /**
     * Returns what encrypts the fields of a topic.
     *
     * @throws ConfigException if the serializer's format is none of these, or its values do not have such fields
     */
    static SealedFields sealing(FieldTree fields, GuardSettings settings) {
        SerializerSettings values = settings.values();
        String name = values == null ? "" : values.name();
        return switch (name) {
            case JSON, JSON3 -> JsonFields.sealing(fields, settings);
            default ->
                throw new ConfigException("named fields can be encrypted in values of the serializers "
                        + String.join(", ", NAMES) + ", and the topic " + settings.alias() + " has "
                        + (name.isEmpty() ? "none that is known" : name) + ". Take topics." + settings.alias()
                        + ".guard."
                        + settings.name() + "." + EncryptConfig.FIELDS
                        + " away to encrypt whole values, or choose one of these serializers");
        };
    }

    /**
     * Returns what opens the fields of records.
     *
     * @param format one of the names
     * @param configs all keys of the consumer
     * @throws ConfigException if one of the keys is wrong
     */
    static OpenedFields opening(FieldTree fields, String format, Map<String, ?> configs) {
        return switch (format) {
            case JSON, JSON3 -> new OpenedFields(JsonFields.opening(fields, configs), null);
            default -> throw new IllegalArgumentException(format);
        };
    }
}
