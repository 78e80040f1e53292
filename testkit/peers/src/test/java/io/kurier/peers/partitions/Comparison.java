// SPDX-License-Identifier: Apache-2.0
package io.kurier.peers.partitions;

import static io.kurier.spi.RecordPartitioner.KAFKA_CHOOSES;
import static org.assertj.core.api.Assertions.assertThat;

import io.kurier.ArrayHeaders;
import io.kurier.spi.EncodedRecord;
import io.kurier.spi.PartitionerPlugin;
import io.kurier.spi.PartitionerSettings;
import io.kurier.spi.RecordPartitioner;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.function.Predicate;
import org.apache.kafka.common.config.AbstractConfig;
import org.jspecify.annotations.Nullable;

/**
 * Compares what a client has chosen with what one of Kurier's partitioners chooses.
 *
 * @param name the partitioner's name or alias, as in configuration
 * @param config its keys in configuration
 * @param free the keys that the client sends to any partition
 */
record Comparison(String name, Map<String, String> config, Free free) {

    /** Which keys a client sends to any partition. */
    enum Free {
        /** Records without a key go where those with the empty key go. */
        NONE,
        /** Records without a key go anywhere. */
        NULL,
        /** Records without a key or with an empty one go anywhere. */
        NULL_AND_EMPTY;

        private boolean includes(byte @Nullable [] key) {
            return key == null ? this != NONE : key.length == 0 && this == NULL_AND_EMPTY;
        }
    }

    /** Compares with a partitioner that has no further settings; only records without a key may go anywhere. */
    static Comparison with(String name) {
        return new Comparison(name, Map.of(), Free.NULL);
    }

    /**
     * Asserts that there is no difference, and that both really leave the keys free that they do not hash.
     *
     * @param client the client's name, for the report
     * @param partitions the number of partitions of the topic
     * @param choices what the client has chosen
     */
    void assertSame(String client, int partitions, List<Choice> choices) {
        String what = "%s, %s, %d partitions".formatted(client, name, partitions);
        List<Choice> hashed =
                choices.stream().filter(choice -> !free.includes(choice.key())).toList();
        List<String> differences = differences(partitions, hashed);
        System.out.println(what + ": " + hashed.size() + " keys, " + differences.size() + " differences");
        assertThat(hashed).as(what).hasSizeGreaterThanOrEqualTo(Keys.WITH_BYTES);
        assertThat(differences).as(what).isEmpty();
        assertThat(hashed).as(what).extracting(Choice::partition).contains(0, partitions - 1);

        assertLeavesFree(what, partitions, choices, choice -> choice.key() == null);
        assertLeavesFree(what, partitions, choices, choice -> choice.key() != null && choice.key().length == 0);
    }

    /** Asserts it for records of one kind, if the client does leave them free. */
    private void assertLeavesFree(String what, int partitions, List<Choice> choices, Predicate<Choice> kind) {
        RecordPartitioner kurier = partitioner();
        List<Choice> anywhere = choices.stream()
                .filter(kind.and(choice -> free.includes(choice.key())))
                .toList();
        for (Choice choice : anywhere) {
            int chosen = kurier.partition(record(choice.key()), partitions);
            assertThat(chosen)
                    .as("%s, key %s", what, Keys.shown(choice.key()))
                    .isBetween(KAFKA_CHOOSES, partitions - 1);
            assertThat(chosen == KAFKA_CHOOSES)
                    .as("%s, key %s: left to Kafka", what, Keys.shown(choice.key()))
                    .isEqualTo(choice.key() == null); // Kafka would hash an empty key
        }
        if (!anywhere.isEmpty()) {
            assertThat(anywhere.stream().map(Choice::partition).distinct().count())
                    .as("%s: partitions in which the client has put records that may go anywhere", what)
                    .isGreaterThan(1);
        }
    }

    /** Returns a line for each choice that the partitioner does not share. */
    List<String> differences(int partitions, List<Choice> choices) {
        RecordPartitioner kurier = partitioner();
        List<String> differences = new ArrayList<>();
        for (Choice choice : choices) {
            int chosen = kurier.partition(record(choice.key()), partitions);
            if (chosen != choice.partition()) {
                differences.add("key %s: the client chooses %d, %s chooses %d of %d"
                        .formatted(Keys.shown(choice.key()), choice.partition(), name, chosen, partitions));
            }
        }
        return differences;
    }

    private RecordPartitioner partitioner() {
        List<PartitionerPlugin> found = ServiceLoader.load(PartitionerPlugin.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(plugin -> plugin.name().equals(name) || plugin.aliases().contains(name))
                .toList();
        assertThat(found).as(name).hasSize(1);
        PartitionerPlugin plugin = found.get(0);
        AbstractConfig parsed = new AbstractConfig(plugin.configDef(), config, false);
        return plugin.partitioner(new PartitionerSettings(name, "orders", "orders", parsed));
    }

    private static EncodedRecord record(byte @Nullable [] key) {
        return new EncodedRecord("orders", key, new byte[] {1}, new ArrayHeaders());
    }
}
