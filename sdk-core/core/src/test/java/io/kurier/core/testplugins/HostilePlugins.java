// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.testplugins;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kurier.core.KurierBuilder;
import io.kurier.spi.EncodedRecord;
import io.kurier.spi.Guard;
import io.kurier.spi.GuardPlugin;
import io.kurier.spi.GuardSettings;
import io.kurier.spi.PartitionerPlugin;
import io.kurier.spi.PartitionerSettings;
import io.kurier.spi.RecordPartitioner;
import io.kurier.spi.RecordSequence;
import io.kurier.spi.SequenceSerializer;
import io.kurier.spi.SerializerPlugin;
import io.kurier.spi.SerializerSettings;
import java.util.Set;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/** Plugins whose code fails at the place that {@link Hostile} names. */
public final class HostilePlugins {
    /** A value that its serializer refuses in an ordinary way. */
    public static final String POISON = "poison";

    private HostilePlugins() {}

    /** Gives all of them to a publisher. */
    public static void addTo(KurierBuilder builder) {
        builder.serializer(new OfText()).guard(new OfGuard()).partitioner(new OfPartitioner());
    }

    private static final class OfText implements SerializerPlugin {
        @Override
        public String name() {
            return "hostile-value";
        }

        @Override
        public Set<String> aliases() {
            return Set.of("hostile-key", "hostile-parts");
        }

        @Override
        public Serializer<?> serializer(SerializerSettings settings) {
            return settings.name().equals("hostile-parts") ? new Parts() : text(settings.forKey() ? "key" : "value");
        }

        private static Serializer<String> text(String place) {
            return (topic, data) -> {
                Hostile.at(place);
                if (data.equals(POISON)) {
                    throw new IllegalArgumentException("poison");
                }
                return data.getBytes(UTF_8);
            };
        }
    }

    /** Each value becomes two records. */
    private static final class Parts implements SequenceSerializer<String> {
        @Override
        public byte[] serialize(String topic, String data) {
            throw new UnsupportedOperationException("a sequence");
        }

        @Override
        public RecordSequence sequence(String topic, Headers headers, String value) {
            Hostile.at("sequence");
            return new RecordSequence() {
                private int next;

                @Override
                public byte @Nullable [] next(Headers own) {
                    Hostile.at("next " + next);
                    return next++ == 2 ? null : value.getBytes(UTF_8);
                }

                @Override
                public void close() {}
            };
        }
    }

    private static final class OfGuard implements GuardPlugin {
        @Override
        public String name() {
            return "hostile";
        }

        @Override
        public Guard guard(GuardSettings settings) {
            return record -> {
                Hostile.at("guard");
                return record;
            };
        }
    }

    private static final class OfPartitioner implements PartitionerPlugin {
        @Override
        public String name() {
            return "hostile";
        }

        @Override
        public RecordPartitioner partitioner(PartitionerSettings settings) {
            return new RecordPartitioner() {
                @Override
                public int partition(EncodedRecord record, int partitions) {
                    Hostile.at("partition");
                    return 0;
                }
            };
        }
    }
}
