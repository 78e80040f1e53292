// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.route;

import io.kurier.Message;
import io.kurier.PublishException;
import io.kurier.Stage;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The routes of all declared topics, by alias. Immutable. */
public final class Routes {
    private final Map<String, Route> byAlias;

    /** The routes given; their aliases differ. */
    public Routes(List<Route> routes) {
        byAlias = routes.stream().collect(Collectors.toUnmodifiableMap(Route::alias, Function.identity()));
    }

    /** All routes, in no particular order. */
    public Collection<Route> all() {
        return byAlias.values();
    }

    /**
     * The route of a message.
     *
     * @param message null, or one without a topic, as callers outside null-checked code can make it, is refused
     * @throws PublishException if there is no message, or its topic is not declared
     */
    public Route of(@Nullable Message<?, ?> message) {
        String alias = aliasOf(message);
        if (alias == null) {
            throw Refused.at(
                    Stage.ROUTE, "null", message == null ? "the message is null" : "the message has no topic", null);
        }
        Route route = byAlias.get(alias);
        if (route == null) {
            throw Refused.at(
                    Stage.ROUTE,
                    alias,
                    "not declared. Declared: "
                            + (byAlias.isEmpty() ? "none" : String.join(", ", new TreeSet<>(byAlias.keySet())))
                            + "; add it to the key topics",
                    null);
        }
        return route;
    }

    /** The alias that a message names, or null if it names none. */
    public static @Nullable String aliasOf(@Nullable Message<?, ?> message) {
        return message == null || message.topic() == null
                ? null
                : message.topic().alias();
    }
}
