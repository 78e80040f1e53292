// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.plugins;

import static org.assertj.core.api.Assertions.assertThat;

import io.kurier.spi.EncodedRecord;
import io.kurier.spi.Guard;
import io.kurier.spi.GuardPlugin;
import io.kurier.spi.GuardSettings;
import io.kurier.spi.PartitionerPlugin;
import io.kurier.spi.PartitionerSettings;
import io.kurier.spi.Plugin;
import io.kurier.spi.Preparable;
import io.kurier.spi.RecordPartitioner;
import io.kurier.spi.SerializerPlugin;
import io.kurier.spi.SerializerSettings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a plugin of a folder prepares and closes, it does with its own class loader. */
class IsolatedLifeTest {
    private static final AbstractConfig NO_KEYS = new AbstractConfig(new ConfigDef(), Map.of());

    private final PluginClassLoader loader =
            new PluginClassLoader("own", List.of(), IsolatedLifeTest.class.getClassLoader());
    private final List<ClassLoader> seen = new ArrayList<>();

    @AfterEach
    void close() throws IOException {
        loader.close();
    }

    private CompletionStage<?> see() {
        seen.add(Thread.currentThread().getContextClassLoader());
        return CompletableFuture.completedFuture(null);
    }

    private final class AskingSerializer extends StringSerializer implements Preparable {
        @Override
        public CompletionStage<?> prepare() {
            return see();
        }
    }

    private final class AskingGuard implements Guard, Preparable {
        @Override
        public EncodedRecord guard(EncodedRecord record) {
            return record;
        }

        @Override
        public CompletionStage<?> prepare() {
            return see();
        }
    }

    private final class AskingPartitioner implements RecordPartitioner, Preparable {
        @Override
        public int partition(EncodedRecord record, int partitions) {
            return KAFKA_CHOOSES;
        }

        @Override
        public CompletionStage<?> prepare() {
            return see();
        }
    }

    private final class All implements SerializerPlugin, GuardPlugin, PartitionerPlugin {
        @Override
        public String name() {
            return "all";
        }

        @Override
        public Serializer<?> serializer(SerializerSettings settings) {
            return settings.forKey() ? new StringSerializer() : new AskingSerializer();
        }

        @Override
        public Guard guard(GuardSettings settings) {
            return new AskingGuard();
        }

        @Override
        public RecordPartitioner partitioner(PartitionerSettings settings) {
            return new AskingPartitioner();
        }

        @Override
        public void close() {
            CompletionStage<?> unused = see();
        }
    }

    @Test
    void withItsOwnClassLoader() {
        SerializerPlugin serializers = IsolatedPlugin.ofSerializer(found(new All()), loader);
        GuardPlugin guards = IsolatedPlugin.ofGuard(found(new All()), loader);
        PartitionerPlugin partitioners = IsolatedPlugin.ofPartitioner(found(new All()), loader);
        List<Object> made = List.of(
                serializers.serializer(settings(false)),
                guards.guard(new GuardSettings("all", "orders", "orders", NO_KEYS)),
                partitioners.partitioner(new PartitionerSettings("all", "orders", "orders", NO_KEYS)));

        assertThat(made)
                .allSatisfy(each -> assertThat(((Preparable) each).prepare()).isCompleted());
        assertThat(seen).hasSize(3).containsOnly(loader);

        List.of(serializers, guards, partitioners).forEach(Plugin::close);
        assertThat(seen).hasSize(6).containsOnly(loader);
    }

    @Test
    void oneThatAsksNothingIsReady() {
        Serializer<?> made =
                IsolatedPlugin.ofSerializer(found(new All()), loader).serializer(settings(true));
        assertThat(((Preparable) made).prepare()).isCompleted();
        assertThat(seen).isEmpty();
    }

    private static SerializerSettings settings(boolean forKey) {
        return new SerializerSettings("all", "orders", "orders", forKey, Object.class, NO_KEYS);
    }

    private static <P extends Plugin> FoundPlugin<P> found(P plugin) {
        return new FoundPlugin<>(plugin, "all", Set.of(), "1", "here");
    }
}
