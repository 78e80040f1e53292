// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.plugins;

import io.kurier.core.internal.errors.SafeLogger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Closes what plugins have made. Nothing of a message depends on it any more, so what it throws is logged. */
public final class PluginCloser {
    private static final Logger LOG = LoggerFactory.getLogger(PluginCloser.class);

    private PluginCloser() {}

    /**
     * Closes one.
     *
     * @param what what it is, with the plugin's name where that is known
     * @param alias the topic
     */
    public static void of(String what, String alias, Runnable close) {
        try {
            close.run();
        } catch (Throwable e) { // an Error too: what is behind it has to be closed as well
            SafeLogger.warn(LOG, e, "{} of topic {} cannot be closed", what, alias);
        }
    }
}
