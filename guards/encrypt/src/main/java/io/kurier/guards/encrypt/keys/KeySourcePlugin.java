// SPDX-License-Identifier: Apache-2.0
package io.kurier.guards.encrypt.keys;

import io.kurier.spi.Plugin;
import org.apache.kafka.common.config.AbstractConfig;

/**
 * A kind of {@link KeySource} with a name, found by {@link java.util.ServiceLoader} and chosen by the key
 * {@code key.source}. Its own keys are set with the prefix {@code key.source.}, in a guard and in a reader alike.
 */
public interface KeySourcePlugin extends Plugin {

    /**
     * Opens a key source. Called once for each topic of a publisher, and once by each reader; must not wait for a server.
     *
     * @param config the plugin's own keys, parsed by {@link #configDef()}
     * @throws org.apache.kafka.common.config.ConfigException if the keys are not enough, or what they name cannot be
     *     used
     */
    KeySource keySource(AbstractConfig config);
}
