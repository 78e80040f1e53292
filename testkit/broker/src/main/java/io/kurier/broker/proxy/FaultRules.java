// SPDX-License-Identifier: Apache-2.0
package io.kurier.broker.proxy;

import java.util.EnumMap;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.common.protocol.ApiKeys;
import org.jspecify.annotations.Nullable;

/**
 * Which requests are hit by which fault.
 *
 * <p>Its monitor is held from the choice until the request is in its queue, and while held requests are released.
 * Otherwise a request that is chosen to be held just before a release would be held just after it, for ever.
 */
final class FaultRules {
    private final long seed;
    private final Map<Fault, Map<ApiKeys, Rule>> rules = new EnumMap<>(Fault.class);

    FaultRules(long seed) {
        this.seed = seed;
    }

    synchronized void set(Fault fault, ApiKeys kind, Rule rule) {
        rules.computeIfAbsent(fault, none -> new EnumMap<>(ApiKeys.class)).put(kind, rule);
    }

    synchronized void setChance(Fault fault, ApiKeys kind, double probability) {
        if (!fault.actsOnRequests()) {
            throw new IllegalArgumentException(fault + " does not act on requests of one kind, so it cannot be left to"
                    + " chance: choose one of DROP_REQUESTS, HOLD, RESET and DROP_ACKS");
        }
        set(fault, kind, Rule.chance(probability, random(fault, kind)));
    }

    /**
     * Returns one random sequence for each fault and kind, so that the number of requests of other kinds in between,
     * which differs from run to run, changes nothing.
     */
    private Random random(Fault fault, ApiKeys kind) {
        return new Random(new Random(seed + fault.ordinal() * 1_000L + kind.id).nextLong());
    }

    /**
     * Returns the fault that hits a request, or null if none does.
     *
     * @param kind null if this version of Kafka's client does not know it
     */
    synchronized @Nullable Fault faultFor(@Nullable ApiKeys kind) {
        if (kind == null) {
            return null;
        }
        for (Map.Entry<Fault, Map<ApiKeys, Rule>> entry : rules.entrySet()) {
            Rule rule = entry.getValue().get(kind);
            if (rule != null && rule.strikes()) {
                return entry.getKey();
            }
        }
        return null;
    }

    synchronized void end(Fault fault) {
        rules.remove(fault);
    }

    synchronized void endAll() {
        rules.clear();
    }
}
