// SPDX-License-Identifier: Apache-2.0
package io.kurier.guards.encrypt;

import com.google.crypto.tink.DeterministicAead;
import io.kurier.guards.encrypt.internal.fields.SealedFields;
import io.kurier.guards.encrypt.keys.KeySource;
import io.kurier.spi.Guard;
import io.kurier.spi.GuardPlugin;
import io.kurier.spi.GuardSettings;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;

/** Makes the guard {@code encrypt} available in configuration: it encrypts the records of a topic. */
public final class EncryptPlugin implements GuardPlugin {
    private static final String MAX_RECORDS = "data.key.max.records";
    private static final String MAX_AGE = "data.key.max.age.ms";
    private static final long MOST_RECORDS = 1 << 22;
    private static final long MOST_AGE_MILLIS = TimeUnit.HOURS.toMillis(1);
    private static final long LEAST_AGE_MILLIS = TimeUnit.SECONDS.toMillis(1);

    /** Creates the plugin; for {@link java.util.ServiceLoader}. */
    public EncryptPlugin() {}

    @Override
    public String name() {
        return "encrypt";
    }

    @Override
    public ConfigDef configDef() {
        return EncryptConfig.definition()
                .define(
                        EncryptConfig.HEADERS,
                        ConfigDef.Type.LIST,
                        List.of(),
                        Importance.MEDIUM,
                        "The names of headers that values are bound to, in addition to those that describe the value:"
                                + " a reader detects that one of them was changed, added or removed.")
                .define(
                        MAX_RECORDS,
                        ConfigDef.Type.LONG,
                        MOST_RECORDS,
                        Range.between(1, MOST_RECORDS),
                        Importance.LOW,
                        "How many values, fields and headers are encrypted with one data key.")
                .define(
                        MAX_AGE,
                        ConfigDef.Type.LONG,
                        MOST_AGE_MILLIS,
                        Range.between(LEAST_AGE_MILLIS, MOST_AGE_MILLIS),
                        Importance.LOW,
                        "How long one data key is used, in milliseconds. A rotated key-encryption key is used for the"
                                + " next data key, so this is also how long a rotation may take.");
    }

    /** A record must find one data key for all of its fields, or two, while others use the key too. */
    private static long maxFields(AbstractConfig keys) {
        return Math.max(1, keys.getLong(MAX_RECORDS) / 4);
    }

    /**
     * Returns the guard of a topic.
     *
     * @throws org.apache.kafka.common.config.ConfigException if the source of the keys cannot be opened, or the fields
     *     cannot be encrypted one by one: the serializer's format is another one, or it is known at the start that
     *     values do not have such a field
     */
    @Override
    public Guard guard(GuardSettings settings) {
        AbstractConfig keys = settings.config();
        EncryptConfig config =
                new EncryptConfig(keys, "topics." + settings.alias() + ".guard." + settings.name() + ".");
        Optional<DeterministicAead> recordKeys = config.recordKeys();
        Set<String> listed = new LinkedHashSet<>(keys.getList(EncryptConfig.HEADERS));
        listed.addAll(config.encryptedHeaders());
        Optional<SealedFields> fields = config.fields().map(tree -> FieldFormats.sealing(tree, settings));
        KeySource source;
        try {
            source = config.keySource();
        } catch (RuntimeException e) {
            fields.ifPresent(SealedFields::close);
            throw e;
        }
        DataKeys dataKeys = new DataKeys(
                source,
                config.described() + ", for the topic " + settings.alias(),
                keys.getLong(MAX_RECORDS),
                keys.getLong(MAX_AGE));
        return new EncryptGuard(
                dataKeys,
                config.logical(settings.topic()),
                new EncryptGuard.Sealed(
                        fields, maxFields(keys), Collections.unmodifiableSet(listed), config.encryptedHeaders()),
                recordKeys);
    }
}
