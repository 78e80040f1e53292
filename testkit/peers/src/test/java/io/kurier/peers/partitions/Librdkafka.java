// SPDX-License-Identifier: Apache-2.0
package io.kurier.peers.partitions;

import io.kurier.peers.partitions.Comparison.Free;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** librdkafka's partitioners that hash keys, and Kurier's that choose the same. */
enum Librdkafka {
    CONSISTENT("consistent", new Comparison("consistent", Map.of(), Free.NONE)),
    CONSISTENT_RANDOM("consistent_random", new Comparison("consistent_random", Map.of(), Free.NULL_AND_EMPTY)),
    MURMUR2("murmur2", new Comparison("murmur2", Map.of("null.key", "hash"), Free.NONE)),
    MURMUR2_RANDOM("murmur2_random", Comparison.with("murmur2_random")),
    FNV1A("fnv1a", new Comparison("fnv1a", Map.of("null.key", "hash"), Free.NONE)),
    FNV1A_RANDOM("fnv1a_random", Comparison.with("fnv1a_random"));

    /** Each record that may go anywhere goes anywhere, instead of all of 10 ms to one partition. */
    static final String NOT_STICKY = "sticky.partitioning.linger.ms=0";

    private final String name;
    private final Comparison kurier;

    Librdkafka(String name, Comparison kurier) {
        this.name = name;
        this.kurier = kurier;
    }

    /** Returns the settings of the client. */
    List<String> settings() {
        List<String> settings = new ArrayList<>(List.of("topic.partitioner=" + name));
        if (kurier.free() != Free.NONE) {
            settings.add(NOT_STICKY);
        }
        return settings;
    }

    Comparison kurier() {
        return kurier;
    }

    @Override
    public String toString() {
        return name;
    }
}
