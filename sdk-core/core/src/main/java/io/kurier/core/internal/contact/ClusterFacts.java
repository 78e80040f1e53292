// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.contact;

import java.util.List;
import java.util.Map;

/**
 * What a cluster reports of itself, as far as the principal may see it.
 *
 * @param id the cluster's id
 * @param brokers the brokers that are registered, by id
 * @param features the versions of features
 * @param quorum the controllers
 * @param authorizer whether rights are checked at all
 */
public record ClusterFacts(
        String id, List<Broker> brokers, Answer<Features> features, Answer<Quorum> quorum, Answer<Boolean> authorizer) {

    /** Makes the list immutable. */
    public ClusterFacts {
        brokers = List.copyOf(brokers);
    }

    /**
     * A broker.
     *
     * @param id its number
     * @param address host and port that it advertises to clients
     * @param configs its configs that have a value; a refusal also shows that it responds
     */
    public record Broker(int id, String address, Answer<Map<String, String>> configs) {}

    /**
     * Versions of features by their names, such as {@code metadata.version}.
     *
     * @param finalized those in force
     * @param supported the highest that the broker supports which has responded
     */
    public record Features(Map<String, Integer> finalized, Map<String, Integer> supported) {

        /** Makes the maps immutable. */
        public Features {
            finalized = Map.copyOf(finalized);
            supported = Map.copyOf(supported);
        }
    }

    /**
     * The controllers of a cluster.
     *
     * @param leader the id of the active one; negative if there is none
     * @param voters the number of those that vote
     * @param behind the ids of voters that have not fetched for {@link ClusterSurvey#BEHIND}
     */
    public record Quorum(int leader, int voters, List<Integer> behind) {

        /** Makes the list immutable. */
        public Quorum {
            behind = List.copyOf(behind);
        }
    }
}
