// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host.internal.offsets;

import io.kurier.Printable;
import java.util.Map;
import java.util.Objects;

/**
 * What an offset belongs to. Two are equal if Connect takes them for the same, whatever the order of the map.
 *
 * @param connector the connector's name
 * @param partition the source partition as {@link ConnectMaps#normalized} returns it
 */
public record OffsetKey(String connector, Map<String, Object> partition) {
    /** Takes the map over. */
    public OffsetKey {
        Objects.requireNonNull(connector, "connector");
        Objects.requireNonNull(partition, "partition");
    }

    /**
     * Returns the key of a connector's source partition.
     *
     * @throws org.apache.kafka.connect.errors.DataException if the map has a value that Connect does not take
     */
    public static OffsetKey of(String connector, Map<String, ?> partition) {
        return new OffsetKey(connector, ConnectMaps.normalized(ofPartition(connector), partition));
    }

    private static String ofPartition(String connector) {
        return "connector " + Printable.brief(connector) + ", source partition";
    }

    /** Returns an offset of this partition as {@link ConnectMaps#normalized} does. */
    Map<String, Object> normalized(Map<String, ?> offset) {
        return ConnectMaps.normalized("connector " + Printable.brief(connector) + ", source offset", offset);
    }
}
