// SPDX-License-Identifier: Apache-2.0
package io.kurier.peers.partitions;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a client has chosen.
 *
 * @param key the key that the client had; null for none
 * @param partition the partition of its record
 */
record Choice(byte @Nullable [] key, int partition) {

    /** Returns the choices of which a client has written a line for each key. */
    static List<Choice> read(List<byte @Nullable []> keys, Path partitions) throws IOException {
        List<String> lines = Files.readAllLines(partitions);
        if (lines.size() != keys.size()) {
            throw new AssertionError(
                    "the client has chosen " + lines.size() + " partitions for " + keys.size() + " keys");
        }
        List<Choice> choices = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            choices.add(new Choice(keys.get(i), Integer.parseInt(lines.get(i))));
        }
        return choices;
    }
}
