// SPDX-License-Identifier: Apache-2.0
package io.kurier.guards.encrypt;

import io.kurier.guards.encrypt.internal.avro.AvroFields;
import io.kurier.guards.encrypt.internal.fields.FieldTree;
import io.kurier.guards.encrypt.internal.fields.SealedFields;
import io.kurier.guards.encrypt.internal.json.JsonFields;
import io.kurier.guards.encrypt.internal.protobuf.ProtobufFields;
import io.kurier.spi.GuardSettings;
import io.kurier.spi.SerializerSettings;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.common.config.ConfigException;

/** The formats of which named fields can be encrypted, by the names of their serializers. */
final class FieldFormats {
    static final String JSON = "json";
    private static final String JSON3 = "json3";
    private static final String AVRO = "avro";
    private static final String PROTOBUF = "protobuf";

    /** The names, in the order of their documentation. */
    static final String[] NAMES = {JSON, JSON3, AVRO, PROTOBUF};

    private FieldFormats() {}

    /**
     * Returns what encrypts the fields of a topic.
     *
     * @throws ConfigException if the serializer's format is none of these, its library is missing, or values do not
     *     have such fields
     */
    static SealedFields sealing(FieldTree fields, GuardSettings settings) {
        SerializerSettings values = settings.values();
        if (values == null) {
            throw new ConfigException("named fields cannot be encrypted while the serializer of the topic "
                    + settings.alias() + " is not known. Correct what is wrong with it first");
        }
        return switch (values.name()) {
            case JSON, JSON3 -> JsonFields.sealing(fields, settings);
            case AVRO -> withLibrary(AVRO, () -> AvroFields.sealing(fields, settings, values));
            case PROTOBUF -> withLibrary(PROTOBUF, () -> ProtobufFields.sealing(fields, settings));
            default ->
                throw new ConfigException("named fields can be encrypted in values of the serializers "
                        + String.join(", ", NAMES) + ", and the topic " + settings.alias() + " has " + values.name()
                        + ". Take topics." + settings.alias() + ".guard." + settings.name() + "." + EncryptConfig.FIELDS
                        + " away to encrypt whole values, or choose one of these serializers");
        };
    }

    /**
     * Returns what opens the fields of records.
     *
     * @param format one of the names
     * @param configs all keys of the consumer
     * @throws ConfigException if one of the keys is wrong, or the library of the format is missing
     */
    static OpenedFields opening(FieldTree fields, String format, Map<String, ?> configs) {
        return switch (format) {
            case AVRO -> new OpenedFields(null, withLibrary(AVRO, () -> AvroFields.opening(fields)));
            case PROTOBUF -> new OpenedFields(null, withLibrary(PROTOBUF, () -> ProtobufFields.opening(fields)));
            default -> new OpenedFields(JsonFields.opening(fields, configs), null);
        };
    }

    /** The libraries come with the serializers. */
    private static <T> T withLibrary(String format, Supplier<T> made) {
        try {
            return made.get();
        } catch (NoClassDefFoundError e) {
            throw new ConfigException("named fields of " + format + " need the library of that format, and the class "
                    + e.getMessage() + " is missing. Add io.kurier:kurier-serializer-" + format
                    + ", with all of its dependencies");
        }
    }
}
