// SPDX-License-Identifier: Apache-2.0
package io.kurier.core;

import io.kurier.Publisher;
import io.kurier.Topic;
import io.kurier.core.config.ResolvedKey;
import io.kurier.core.internal.config.Arguments;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Starts publishers without any use of Guice in the application. */
public final class Kurier {
    private Kurier() {}

    /**
     * Starts a publisher that a properties file configures. It connects, and verifies or creates the topics, before it
     * returns: at most six seconds until a broker must have responded, longer while topics are created.
     *
     * @param properties the file, in UTF-8
     * @param topics the topics that code uses, so that serializers know their types; others may be published to, with
     *     the types that values have at run time
     * @return the publisher, to be closed by the caller
     * @throws io.kurier.StartException with everything that is wrong
     */
    public static Publisher start(Path properties, Topic<?, ?>... topics) {
        Objects.requireNonNull(properties, "properties");
        return builder().properties(properties).topics(topics).start();
    }

    /**
     * Starts a publisher that a map configures, with the keys of {@code kurier.properties}.
     *
     * @see #start(Path, Topic...)
     */
    public static Publisher start(Map<String, String> config, Topic<?, ?>... topics) {
        Arguments.checkKeys("config", config);
        return builder().set(config).topics(topics).start();
    }

    /**
     * Checks a properties file in the same way as a start, plugins included, without contacting a broker.
     *
     * @param properties the file, in UTF-8
     * @param topics the topics that code declares
     * @return every key with its effective value, defaults included and secrets hidden
     * @throws io.kurier.StartException with everything that is wrong
     */
    public static List<ResolvedKey> check(Path properties, Topic<?, ?>... topics) {
        Objects.requireNonNull(properties, "properties");
        return builder().properties(properties).topics(topics).check();
    }

    /** Returns a builder for a publisher with listeners, or with settings from several places. */
    public static KurierBuilder builder() {
        return new KurierBuilder();
    }
}
