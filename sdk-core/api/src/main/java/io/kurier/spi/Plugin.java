// SPDX-License-Identifier: Apache-2.0
package io.kurier.spi;

import java.util.Set;
import org.apache.kafka.common.config.ConfigDef;

/** What all plugins have in common: a name that users write, and the keys that they may set. */
public interface Plugin {

    /** The word that configuration uses, in lower case; no two plugins of a kind in use may share it. */
    String name();

    /** Further words for the same plugin, for variants too small for a plugin of their own. */
    default Set<String> aliases() {
        return Set.of();
    }

    /** The version, for {@code kurier doctor}; by default the one in the jar's manifest. */
    default String version() {
        String manifest = getClass().getPackage().getImplementationVersion();
        return manifest == null ? "unknown" : manifest;
    }

    /**
     * The keys that the plugin understands, without any prefix. A key that is set and not declared here stops the
     * start-up, so that a typo cannot go unseen.
     */
    default ConfigDef configDef() {
        return new ConfigDef();
    }

    /**
     * Releases what several serializers, partitioners or guards of the plugin share, such as an HTTP client or a cache of
     * keys. Called once by each publisher that has used the plugin, when all that it made there is closed; not called where
     * it was only found. What it throws is logged.
     */
    default void close() {}
}
