// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli.tune;

import io.kurier.core.internal.config.Profile;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What is compared: a profile with a compression.
 *
 * @param profile the value of {@code profile}
 * @param compression the value of {@code producer.compression.type}
 */
public record Variant(String profile, String compression) {
    private static final String COMPRESSION = "compression.type";
    private static final String DURABLE = name(Profile.DURABLE);

    /** Returns every profile with each of the compressions. */
    public static List<Variant> of(List<String> compressions) {
        return Stream.of(Profile.values())
                .flatMap(profile -> compressions.stream().map(compression -> new Variant(name(profile), compression)))
                .toList();
    }

    private static String name(Profile profile) {
        return profile.name().toLowerCase(Locale.ROOT);
    }

    /** Returns whether it is chosen for few records that a crash could lose, and not for its speed. */
    boolean isDurable() {
        return profile.equals(DURABLE);
    }

    /** Returns the keys that configure it; a compression that is the profile's own is left out. */
    public Map<String, String> keys() {
        Map<String, String> keys = new LinkedHashMap<>();
        keys.put("profile", profile);
        if (!compression.equals(
                Profile.valueOf(profile.toUpperCase(Locale.ROOT)).producerKeys().get(COMPRESSION))) {
            keys.put("producer." + COMPRESSION, compression);
        }
        return keys;
    }

    @Override
    public String toString() {
        return profile + " with " + (compression.equals("none") ? "no compression" : compression);
    }
}
