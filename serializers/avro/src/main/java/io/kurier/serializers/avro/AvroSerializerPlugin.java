// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.avro;

import io.kurier.serializers.internal.FieldPath;
import io.kurier.serializers.internal.Framings;
import io.kurier.serializers.internal.HeaderlessSerializer;
import io.kurier.serializers.internal.ReadLimits;
import io.kurier.spi.FieldReader;
import io.kurier.spi.Framing;
import io.kurier.spi.FramingPlugin;
import io.kurier.spi.SerializerPlugin;
import io.kurier.spi.SerializerSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;

/** Makes {@code avro} available in configuration. */
public final class AvroSerializerPlugin implements SerializerPlugin {
    private static final String SCHEMA = "schema";
    private static final String SCHEMAS = "schemas";

    private final Framings framings;

    /** Creates the plugin; for {@link java.util.ServiceLoader}. */
    public AvroSerializerPlugin() {
        this(SingleObjectPlugin.framings());
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
        return AvroFormat.NAME;
    }

    @Override
    public ConfigDef configDef() {
        ConfigDef keys = new ConfigDef()
                .define(
                        SCHEMA,
                        ConfigDef.Type.STRING,
                        "",
                        Importance.HIGH,
                        "The schema of the values: a path, or classpath: and the name of a resource. A record of"
                                + " another schema is written under this one if Avro resolves it without loss, and"
                                + " refused otherwise. If empty, the schema of the declared class; without one, each"
                                + " record is written with its own.")
                .define(
                        SCHEMAS,
                        ConfigDef.Type.LIST,
                        List.of(),
                        // Kafka has a validator for this only since 4.2.
                        ConfigDef.LambdaValidator.with(
                                AvroSerializerPlugin::checkLocations, () -> "locations, each of them once"),
                        Importance.MEDIUM,
                        "Further schemas that records may have been written with, for reading; locations as in schema.")
                .define(
                        AvroFormat.REFLECT_NULLABLE,
                        ConfigDef.Type.BOOLEAN,
                        false,
                        Importance.LOW,
                        "Whether all fields of a plain class that are not primitive in Java may be null. If false, only"
                                + " those that are annotated with org.apache.avro.reflect.Nullable.");
        return AvroFormat.LIMITS.defineIn(framings.defineIn(keys));
    }

    private static void checkLocations(String key, Object value) {
        List<?> locations = (List<?>) value;
        if (locations.contains("") || Set.copyOf(locations).size() < locations.size()) {
            throw new ConfigException(key, value, "name each location once, and none that is empty");
        }
    }

    /**
     * Returns the serializer for the declared type and schema.
     *
     * @throws ConfigException if the schema cannot be read, the declared class cannot be written under it without loss,
     *     or Avro cannot write the declared type
     */
    @Override
    public Serializer<?> serializer(SerializerSettings settings) {
        Framing framing = framings.forWriting(settings);
        AvroSerializer<?> serializer = new AvroSerializer<>(
                declaration(settings),
                settings.forKey(),
                AvroFormat.LIMITS.with(settings.config()),
                framing,
                settings.topic());
        return framing.addsHeaders() ? serializer : new HeaderlessSerializer<>(serializer);
    }

    /**
     * Returns the reader of a field of values in the declared schema. If none is declared, each value is read in the
     * schema that its frame names: one of the key {@code schemas}, or one that the framing finds.
     *
     * @throws ConfigException if the schema has no such field, or it is not known with which schema a value was written
     */
    @Override
    public FieldReader fieldReader(SerializerSettings settings, String path) {
        FieldPath names = FieldPath.of(path);
        Declaration declaration = declaration(settings);
        ReadLimits limits = AvroFormat.LIMITS.with(settings.config());
        if (declaration.schema() != null) {
            return AvroFieldReader.ofDeclared(names, declaration.schema(), limits, () -> framings.forPayload(settings));
        }
        List<Schema> others = new ArrayList<>();
        List<Schema> values = new ArrayList<>();
        addSchemas(settings, declaration.type(), others, values);
        return AvroFieldReader.of(names, others, values, limits, () -> framings.forFields(settings));
    }

    /** Returns the deserializer for the declared type; for {@code GenericRecord} if code declared none. */
    @Override
    public Optional<Deserializer<?>> deserializer(SerializerSettings settings) {
        Declaration declaration = declaration(settings);
        DeclaredType type = declaration.type();
        List<Schema> others = new ArrayList<>();
        List<Schema> values = new ArrayList<>();
        if (declaration.schema() != null) {
            type.addWriter(declaration.schema(), others);
        }
        addSchemas(settings, type, others, values);
        return Optional.of(new AvroDeserializer<>(
                type, others, values, AvroFormat.LIMITS.with(settings.config()), framings.forReading(settings)));
    }

    private static void addSchemas(
            SerializerSettings settings, DeclaredType type, List<Schema> others, List<Schema> values) {
        for (String location : settings.config().getList(SCHEMAS)) {
            type.addWriters(Schemas.read(SCHEMAS, location), others, values);
        }
    }

    private static Declaration declaration(SerializerSettings settings) {
        DeclaredType type = DeclaredType.of(settings.type(), settings.config().getBoolean(AvroFormat.REFLECT_NULLABLE));
        return Declaration.of(type, SCHEMA, settings.config().getString(SCHEMA).strip());
    }

    /** Closes the framings that were found here. */
    @Override
    public void close() {
        framings.close();
    }
}
