// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kurier.spi.EncodedRecord;
import io.kurier.spi.FieldReader;
import io.kurier.spi.PartitionerPlugin;
import io.kurier.spi.PartitionerSettings;
import io.kurier.spi.Preparable;
import io.kurier.spi.RecordPartitioner;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.header.Header;

/** Plugins for {@link PartitionCommandTest}, which it puts into jars. */
final class PartitionersForTests {
    private PartitionersForTests() {}

    /** Answers what the key says, so that it can be wrong, and fails at a key that is no number. */
    public static final class ByNumber implements PartitionerPlugin {
        @Override
        public String name() {
            return "by-number";
        }

        @Override
        public ConfigDef configDef() {
            return new ConfigDef().define("plus", Type.INT, 0, Importance.LOW, "is added");
        }

        @Override
        public RecordPartitioner partitioner(PartitionerSettings settings) {
            int plus = settings.config().getInt("plus");
            return (record, partitions) -> {
                byte[] key = Objects.requireNonNull(record.key());
                if (key.length == 0) {
                    throw new StackOverflowError("too deep");
                }
                return Integer.parseInt(new String(key, UTF_8)) + plus;
            };
        }
    }

    /** Needs a header, which a key does not have. */
    public static final class Headed implements PartitionerPlugin {
        @Override
        public String name() {
            return "headed";
        }

        @Override
        public RecordPartitioner partitioner(PartitionerSettings settings) {
            return (record, partitions) -> {
                Header region = record.headers().lastHeader("region");
                if (region == null) {
                    throw new IllegalArgumentException("the record of " + settings.topic() + " has no header region");
                }
                return region.value()[0];
            };
        }
    }

    /** Needs a field of values, whose format is not known. */
    public static final class Fielded implements PartitionerPlugin {
        @Override
        public String name() {
            return "fielded";
        }

        @Override
        public RecordPartitioner partitioner(PartitionerSettings settings) {
            FieldReader customer = settings.fields().apply("customer.id");
            return (record, partitions) -> customer.read(record) == null ? 0 : 1;
        }
    }

    /** Leaves each key to Kafka, once it is prepared; how that goes is a key. */
    public static final class Prepared implements PartitionerPlugin {
        @Override
        public String name() {
            return "prepared";
        }

        @Override
        public ConfigDef configDef() {
            return new ConfigDef()
                    .define("how", Type.STRING, "well", Importance.LOW, "how the preparation goes")
                    .define("token", Type.PASSWORD, "", Importance.LOW, "a secret");
        }

        @Override
        public RecordPartitioner partitioner(PartitionerSettings settings) {
            return new Partitioner(
                    settings.config().getString("how"),
                    settings.config().getPassword("token").value());
        }

        /** In the jar with it. */
        public static final class Partitioner implements RecordPartitioner, Preparable {
            private final String how;
            private final String token;
            private boolean prepared;

            Partitioner(String how, String token) {
                this.how = how;
                this.token = token;
            }

            @Override
            public CompletionStage<?> prepare() {
                prepared = true;
                return how.equals("well")
                        ? CompletableFuture.completedFuture(null)
                        : CompletableFuture.failedFuture(new IllegalStateException("refused with " + token));
            }

            @Override
            public int partition(EncodedRecord record, int partitions) {
                if (!prepared) {
                    throw new IllegalStateException("not prepared");
                }
                return KAFKA_CHOOSES;
            }
        }
    }
}
