// SPDX-License-Identifier: Apache-2.0
package io.kurier.spi;

import org.apache.kafka.common.config.AbstractConfig;

/** A named rule that records must pass before they leave. */
public interface GuardPlugin extends Plugin {

    /**
     * Makes the guard of one topic; called once a route, at start-up.
     *
     * @param config the plugin's own keys, parsed by its {@link Plugin#configDef()}
     */
    Guard guard(AbstractConfig config);
}
