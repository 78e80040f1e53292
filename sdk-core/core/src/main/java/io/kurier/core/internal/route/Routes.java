// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.route;

import io.kurier.PublishException;
import io.kurier.Stage;
import io.kurier.Topic;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The routes of all declared topics, by alias. Immutable. */
public final class Routes implements AutoCloseable {
    private final Map<String, Route> byAlias = new HashMap<>();

    /** Creates the routes; their aliases must differ. */
    public Routes(List<Route> routes) {
        routes.forEach(route -> byAlias.put(route.alias(), route));
    }

    /** Returns all routes, in no particular order. */
    public Collection<Route> all() {
        return Collections.unmodifiableCollection(byAlias.values());
    }

    /**
     * Returns the route of a topic.
     *
     * @param topic null, which callers outside null-checked code can pass, is refused
     * @throws PublishException if there is no topic, or it is not declared
     */
    public Route of(@Nullable Topic<?, ?> topic) {
        if (topic == null) {
            throw noTopic();
        }
        Route route = byAlias.get(topic.alias());
        if (route == null) {
            throw Rejections.at(
                    Stage.ROUTE,
                    topic.alias(),
                    "not declared. Declared: "
                            + (byAlias.isEmpty() ? "none" : String.join(", ", new TreeSet<>(byAlias.keySet())))
                            + "; add it to the key topics",
                    null);
        }
        return route;
    }

    /** Closes the objects that plugins have made for them. */
    @Override
    public void close() {
        byAlias.values().forEach(Route::close);
    }

    /** Returns the exception for a caller that passes no message, or one without a topic. */
    public static PublishException noTopic() {
        return Rejections.at(Stage.ROUTE, "null", "the message, or its topic, is null", null);
    }
}
