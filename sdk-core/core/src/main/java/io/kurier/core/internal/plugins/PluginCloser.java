// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.plugins;

import io.kurier.core.internal.errors.SafeLogger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Closes objects that plugins have made. No message depends on them any more, so an exception is logged. */
public final class PluginCloser {
    private static final Logger LOG = LoggerFactory.getLogger(PluginCloser.class);

    private PluginCloser() {}

    /**
     * Closes one object.
     *
     * @param what the kind of object, with the plugin's name if that is known
     * @param alias the topic
     */
    public static void of(String what, String alias, Runnable close) {
        try {
            close.run();
        } catch (Throwable e) { // an Error too: the objects after it have to be closed as well
            SafeLogger.warn(LOG, e, "{} of topic {} cannot be closed", what, alias);
        }
    }
}
