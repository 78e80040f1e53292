// SPDX-License-Identifier: Apache-2.0
package io.kurier.spi;

import java.util.Set;
import org.apache.kafka.common.config.ConfigDef;

/** The common part of all plugins: a name that users write in configuration, and the keys that they may set. */
public interface Plugin {

    /** Returns the name that configuration uses, in lower case. No two plugins of a kind in use may share it. */
    String name();

    /** Returns further names of the same plugin, for variants too small for a plugin of their own. */
    default Set<String> aliases() {
        return Set.of();
    }

    /** Returns the version, for {@code kurier doctor}; by default the one in the jar's manifest. */
    default String version() {
        String manifest = getClass().getPackage().getImplementationVersion();
        return manifest == null ? "unknown" : manifest;
    }

    /**
     * Returns the definition of the keys that the plugin understands, without any prefix. A key that is set and not
     * defined here stops the start, so that a typo cannot go unnoticed.
     */
    default ConfigDef configDef() {
        return new ConfigDef();
    }

    /**
     * Releases what several serializers, partitioners or guards of the plugin share, such as an HTTP client or a cache
     * of keys. Called once by each publisher that has used the plugin, after everything that it made for that publisher
     * is closed; not called if the plugin was only found. An exception is logged.
     */
    default void close() {}
}
