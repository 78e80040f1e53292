// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.topics;

import io.kurier.core.internal.config.TopicConfig;
import io.kurier.core.internal.contact.Answer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.acl.AclOperation;

/**
 * A declared topic as the cluster shows it.
 *
 * @param declared its declaration
 * @param shown its physical name, fit for display
 * @param state whether it exists
 * @param deviations what a start would report
 * @param partitions its partitions; none if it does not exist or may not be seen
 * @param rights what the principal may do with it; all operations in a cluster without an authorizer
 * @param configs its configs that have a value
 */
public record TopicFacts(
        TopicConfig declared,
        String shown,
        State state,
        List<Deviation> deviations,
        List<Partition> partitions,
        Answer<Set<AclOperation>> rights,
        Answer<Map<String, String>> configs) {

    /** Makes the lists immutable. */
    public TopicFacts {
        deviations = List.copyOf(deviations);
        partitions = List.copyOf(partitions);
    }

    /** Whether a topic exists. */
    public enum State {
        /** It exists. */
        EXISTS,
        /** It does not, and the start creates it. */
        TO_BE_CREATED,
        /** It does not, or may not be seen, or may not be created; a deviation has the reason. */
        NOT_USABLE
    }

    /**
     * A partition.
     *
     * @param number its number
     * @param leader the id of the broker that leads it; -1 if none does
     * @param replicas the number of replicas
     * @param inSync the number of those that are in sync
     */
    public record Partition(int number, int leader, int replicas, int inSync) {
        /** The leader of a partition that has none. */
        public static final int NO_LEADER = -1;
    }
}
