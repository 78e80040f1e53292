// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.avro;

import io.kurier.serializers.internal.Framings;
import io.kurier.serializers.internal.HeaderlessSerializer;
import io.kurier.spi.Framing;
import io.kurier.spi.FramingPlugin;
import io.kurier.spi.SerializerPlugin;
import io.kurier.spi.SerializerSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/** Makes {@code avro} available in configuration. */
public final class AvroSerializerPlugin implements SerializerPlugin {
    static final String NAME = "avro";

    private static final String SCHEMA = "schema";
    private static final String SCHEMAS = "schemas";

    private final Framings framings;

    /** Creates the plugin; for {@link java.util.ServiceLoader}. */
    public AvroSerializerPlugin() {
        this(AvroSerializer.framings());
    }

    private AvroSerializerPlugin(Framings framings) {
        this.framings = framings;
    }

    @Override
    public SerializerPlugin withFramings(List<FramingPlugin> found) {
        return new AvroSerializerPlugin(framings.with(found));
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public ConfigDef configDef() {
        ConfigDef keys = new ConfigDef()
                .define(
                        SCHEMA,
                        ConfigDef.Type.STRING,
                        "",
                        Importance.HIGH,
                        "The schema of the records: a path, or classpath: and the name of a resource. Records of"
                                + " another schema are refused. If empty, the schema of the declared class; without"
                                + " one, each record is written with its own.")
                .define(
                        SCHEMAS,
                        ConfigDef.Type.LIST,
                        List.of(),
                        // Kafka has a validator for this only since 4.2.
                        ConfigDef.LambdaValidator.with(
                                AvroSerializerPlugin::checkLocations, () -> "locations, each of them once"),
                        Importance.MEDIUM,
                        "Further schemas that records may have been written with, for reading; locations as in schema.");
        return AvroDeserializer.DEFAULT_LIMITS.defineIn(framings.defineIn(keys));
    }

    private static void checkLocations(String key, Object value) {
        List<?> locations = (List<?>) value;
        if (locations.contains("") || Set.copyOf(locations).size() < locations.size()) {
            throw new ConfigException(key, value, "name each location once, and none that is empty");
        }
    }

    /**
     * Returns the serializer for the declared schema.
     *
     * @throws ConfigException if the schema cannot be read, is not that of the declared class, or the declared type is
     *     not a record
     */
    @Override
    public Serializer<?> serializer(SerializerSettings settings) {
        Framing framing = framings.forWriting(settings);
        AvroSerializer<?> serializer = new AvroSerializer<>(
                declared(settings),
                settings.forKey(),
                AvroDeserializer.DEFAULT_LIMITS.with(settings.config()),
                framing,
                settings.topic());
        return framing.addsHeaders() ? serializer : new HeaderlessSerializer<>(serializer);
    }

    /** Returns the deserializer for the declared class; for {@code GenericRecord} if code declared none. */
    @Override
    public Optional<Deserializer<?>> deserializer(SerializerSettings settings) {
        Class<?> type = generated(settings);
        List<Schema> others = new ArrayList<>();
        Schema declared = declared(settings);
        if (declared != null && type == null) {
            others.add(declared);
        }
        for (String location : settings.config().getList(SCHEMAS)) {
            others.addAll(Schemas.readWriters(SCHEMAS, location));
        }
        return Optional.of(new AvroDeserializer<>(
                type, others, AvroDeserializer.DEFAULT_LIMITS.with(settings.config()), framings.forReading(settings)));
    }

    /** Closes the framings that were found here. */
    @Override
    public void close() {
        framings.close();
    }

    private static @Nullable Schema declared(SerializerSettings settings) {
        Class<?> type = generated(settings);
        String location = settings.config().getString(SCHEMA).strip();
        Schema ofClass = type == null ? null : Schemas.of(type);
        if (location.isEmpty()) {
            return ofClass;
        }
        Schema ofFile = Schemas.read(SCHEMA, location);
        if (ofClass != null && !Fingerprint.of(ofClass).equals(Fingerprint.of(ofFile))) {
            throw new ConfigException(
                    SCHEMA,
                    location,
                    "the file has the schema " + Fingerprint.describe(ofFile) + " and the declared class "
                            + Fingerprint.describe(ofClass) + ". Generate the class anew, or leave the key out");
        }
        String clash = ofClass == null ? null : LogicalTypeClash.of(ofFile, ofClass);
        if (clash != null) {
            throw new ConfigException(
                    SCHEMA,
                    location,
                    "the file and the declared class have other logical types: " + clash
                            + ". Generate the class anew, or leave the key out");
        }
        return ofFile;
    }

    /** Returns the generated class that code declared, or null if it declared generic records or nothing. */
    private static @Nullable Class<?> generated(SerializerSettings settings) {
        if (settings.type() instanceof Class<?> type) {
            if (Schemas.isGenerated(type)) {
                return type;
            }
            boolean anyRecord = type.isAssignableFrom(GenericData.Record.class)
                    || type == SpecificRecord.class
                    || type == SpecificRecordBase.class;
            if (anyRecord) {
                return null;
            }
        }
        throw new ConfigException(
                "avro cannot write the type " + settings.type().getTypeName()
                        + ": declare GenericRecord or a class that Avro has generated, or choose another serializer");
    }
}
