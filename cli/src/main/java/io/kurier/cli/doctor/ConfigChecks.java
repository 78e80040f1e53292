// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli.doctor;

import io.kurier.core.internal.config.PublisherConfig;
import java.util.List;
import java.util.Locale;
import org.apache.kafka.clients.CommonClientConfigs;

/** What the configuration alone shows about the security of the connection. */
final class ConfigChecks {
    private static final String PROTOCOL = CommonClientConfigs.SECURITY_PROTOCOL_CONFIG;

    private ConfigChecks() {}

    static void check(PublisherConfig config, Findings findings) {
        List<String> warnings = config.securityWarnings();
        for (String warning : warnings) {
            // "key (place): what: why. What to do."
            int where = warning.indexOf(": ");
            int advice = warning.indexOf(". ", where);
            findings.warning(
                    "security",
                    where < 0 ? PROTOCOL : warning.substring(0, where),
                    warning.substring(where < 0 ? 0 : where + 2, advice < 0 ? warning.length() : advice),
                    "",
                    advice < 0 ? "See docs/security.md." : warning.substring(advice + 2));
        }
        String protocol = config.connection()
                .getOrDefault(PROTOCOL, CommonClientConfigs.DEFAULT_SECURITY_PROTOCOL)
                .strip()
                .toUpperCase(Locale.ROOT);
        if (warnings.isEmpty()) {
            findings.ok(
                    "security",
                    config.described(PROTOCOL),
                    protocol.endsWith("PLAINTEXT")
                            ? protocol + ", to brokers on this machine only"
                            : protocol + ", with host names of brokers verified");
        }
    }
}
