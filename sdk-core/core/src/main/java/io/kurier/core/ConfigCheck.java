// SPDX-License-Identifier: Apache-2.0
package io.kurier.core;

import io.kurier.StartException;
import io.kurier.core.config.ResolvedKey;
import io.kurier.core.config.ResolvedKeys;
import io.kurier.core.config.Setting;
import io.kurier.core.plugins.BoundPlugins;
import io.kurier.core.route.DeclaredTopic;
import io.kurier.core.route.ResolvedTopics;
import io.kurier.core.start.Plan;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Walks through a start up to the point where it would connect, and shows what the configuration comes to. */
final class ConfigCheck {
    private ConfigCheck() {}

    /**
     * Every key with the value that it comes to.
     *
     * @throws StartException with everything that is wrong
     */
    static List<ResolvedKey> of(Collection<Setting> settings, Collection<DeclaredTopic> topics) {
        Plan plan = Plan.of(settings, topics, BoundPlugins.NONE);
        List<ResolvedKey> keys = new ArrayList<>(ResolvedKeys.of(plan.config()));
        keys.addAll(ResolvedTopics.of(plan.config(), plan.plugins()));
        return List.copyOf(keys);
    }
}
