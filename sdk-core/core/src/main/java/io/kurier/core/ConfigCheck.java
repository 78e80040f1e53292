// SPDX-License-Identifier: Apache-2.0
package io.kurier.core;

import io.kurier.core.config.ResolvedKey;
import io.kurier.core.internal.config.ResolvedKeys;
import io.kurier.core.internal.plugins.ResolvedTopics;
import io.kurier.core.internal.start.Plan;
import java.util.ArrayList;
import java.util.List;

/** Resolves the configuration of a start up to the point where it would connect. */
final class ConfigCheck {
    private ConfigCheck() {}

    /** Returns every key with its effective value. */
    static List<ResolvedKey> of(Plan plan) {
        List<ResolvedKey> keys = new ArrayList<>(ResolvedKeys.of(plan.config()));
        keys.addAll(ResolvedTopics.of(plan.config(), plan.plugins()));
        return List.copyOf(keys);
    }
}
