// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host.internal.records;

import java.util.Map;
import java.util.Set;
import org.apache.kafka.connect.storage.Converter;
import org.apache.kafka.connect.storage.HeaderConverter;
import org.apache.kafka.connect.transforms.Transformation;

/** The short names of Kafka's own converters, transformations and predicates, as a Connect worker accepts them. */
final class Aliases {
    /** Connect's converter to JSON, which is the default for data with a structure. */
    static final String JSON_CONVERTER = "org.apache.kafka.connect.json.JsonConverter";

    private static final Map<String, String> CONVERTERS = Map.of(
            "String", "org.apache.kafka.connect.storage.StringConverter",
            "StringConverter", "org.apache.kafka.connect.storage.StringConverter",
            "Json", JSON_CONVERTER,
            "JsonConverter", JSON_CONVERTER,
            "Simple", "org.apache.kafka.connect.storage.SimpleHeaderConverter",
            "SimpleHeaderConverter", "org.apache.kafka.connect.storage.SimpleHeaderConverter");

    private static final Set<String> TRANSFORMATIONS = Set.of(
            "Cast",
            "DropHeaders",
            "ExtractField",
            "Filter",
            "Flatten",
            "HeaderFrom",
            "HoistField",
            "InsertField",
            "InsertHeader",
            "MaskField",
            "RegexRouter",
            "ReplaceField",
            "SetSchemaMetadata",
            "TimestampConverter",
            "TimestampRouter",
            "ValueToKey");

    private static final Set<String> PREDICATES = Set.of("HasHeaderKey", "RecordIsTombstone", "TopicNameMatches");

    private Aliases() {}

    /** Returns the full name of the class that a name stands for; a name that is no alias is returned as it is. */
    static String fullName(PluginKind<?> kind, String name) {
        if (name.indexOf('.') >= 0) {
            return name;
        }
        if (kind.type() == Converter.class || kind.type() == HeaderConverter.class) {
            String ofKafka = KafkaConverter.fullName(name);
            return ofKafka == null ? CONVERTERS.getOrDefault(name, name) : ofKafka;
        }
        String outer = name.indexOf('$') < 0 ? name : name.substring(0, name.indexOf('$'));
        if (kind.type() == Transformation.class) {
            return TRANSFORMATIONS.contains(outer) ? "org.apache.kafka.connect.transforms." + name : name;
        }
        return PREDICATES.contains(outer) ? "org.apache.kafka.connect.transforms.predicates." + name : name;
    }
}
