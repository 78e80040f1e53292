// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.config;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs what is insecure and allowed, under a name of its own, so that an application can turn it off by that. */
public final class SecurityWarnings {
    private static final Logger LOG = LoggerFactory.getLogger(SecurityWarnings.class);

    private SecurityWarnings() {}

    /** Logs the warnings of a configuration without problems. */
    public static void log(PublisherConfig config) {
        config.securityWarnings().forEach(warning -> LOG.warn("{}", warning));
    }
}
