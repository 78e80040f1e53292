// SPDX-License-Identifier: Apache-2.0
package io.kurier.core;

import io.kurier.StartException;
import io.kurier.Topic;
import io.kurier.core.config.PublisherConfig;
import io.kurier.core.config.ResolvedKey;
import io.kurier.core.config.ResolvedKeys;
import io.kurier.core.config.Setting;
import io.kurier.core.plugins.PluginCatalog;
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
    static List<ResolvedKey> of(Collection<Setting> settings, Collection<Topic<?, ?>> topics) {
        PluginCatalog plugins = PluginCatalog.discover();
        PublisherConfig config = Plan.of(settings, topics, plugins).config();
        List<ResolvedKey> keys = new ArrayList<>(ResolvedKeys.of(config));
        keys.addAll(ResolvedTopics.of(config, plugins));
        return List.copyOf(keys);
    }
}
