// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.transport;

import io.kurier.StartException;
import org.apache.kafka.common.utils.AppInfoParser;

/**
 * Refuses kafka-clients older than 4.2.0, which can put a record on the wrong topic and report success (CVE-2026-35554,
 * KAFKA-19012). A BOM alone cannot keep an old jar off the class path.
 */
public final class KafkaVersion {
    private static final int[] FLOOR = {4, 2};

    private KafkaVersion() {}

    /** Ends the start if the kafka-clients on the class path are too old. */
    public static void check() {
        check(AppInfoParser.getVersion());
    }

    static void check(String version) {
        String[] parts = version.split("[.-]", -1);
        try {
            for (int i = 0; i < FLOOR.length; i++) {
                int part = Integer.parseInt(parts[i]);
                if (part != FLOOR[i]) {
                    if (part < FLOOR[i]) {
                        throw tooOld(version);
                    }
                    return;
                }
            }
        } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
            throw tooOld(version);
        }
    }

    private static StartException tooOld(String version) {
        return new StartException(
                "kafka-clients " + version
                        + " is on the class path, and below 4.2.0 a record can be stored in the wrong"
                        + " topic (CVE-2026-35554); import kurier-bom, or raise kafka-clients to 4.2.0 or newer",
                null);
    }
}
