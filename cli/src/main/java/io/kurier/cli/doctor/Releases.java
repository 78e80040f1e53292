// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli.doctor;

import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The releases of Kafka by the level of the feature {@code metadata.version}, which every broker without ZooKeeper
 * reports. Kafka's protocol has no request for the version of a broker's software.
 */
final class Releases {
    /** The first level of the oldest release that Kurier supports, 3.9. */
    static final int SUPPORTED = 21;

    /** The last level of each release; levels are never given again. */
    private static final NavigableMap<Integer, String> BY_LAST_LEVEL = new TreeMap<>(Map.ofEntries(
            Map.entry(1, "3.0"),
            Map.entry(2, "3.1"),
            Map.entry(3, "3.2"),
            Map.entry(7, "3.3"),
            Map.entry(8, "3.4"),
            Map.entry(11, "3.5"),
            Map.entry(14, "3.6"),
            Map.entry(19, "3.7"),
            Map.entry(20, "3.8"),
            Map.entry(21, "3.9"),
            Map.entry(25, "4.0"),
            Map.entry(27, "4.1"),
            Map.entry(29, "4.2"),
            Map.entry(30, "4.3")));

    private Releases() {}

    /** Returns the release that a level belongs to, or that it is newer than those that are known. */
    static String of(int level) {
        Map.Entry<Integer, String> release = BY_LAST_LEVEL.ceilingEntry(level);
        return release == null ? "newer than " + BY_LAST_LEVEL.lastEntry().getValue() : release.getValue();
    }
}
