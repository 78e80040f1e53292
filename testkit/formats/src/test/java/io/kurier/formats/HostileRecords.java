// SPDX-License-Identifier: Apache-2.0
package io.kurier.formats;

import java.util.List;
import java.util.Random;

/**
 * Reads damaged records, one after the other; the arguments are format, framing, seed and count. Prints how many could
 * be read by a reader, or the first one that failed with anything but a {@code SerializationException}.
 */
final class HostileRecords {
    private HostileRecords() {}

    public static void main(String[] arguments) {
        Reading reading = Reading.of(arguments[0], FramingChoice.named(arguments[1]));
        Random random = new Random(Long.parseLong(arguments[2]));
        int count = Integer.parseInt(arguments[3]);
        List<HostileRecord> records = reading.records();
        Mutations mutations = new Mutations(random, reading.levels());
        int read = 0;
        for (int i = 0; i < count; i++) {
            HostileRecord hostile = mutations.of(one(records, random), one(records, random));
            try {
                read += reading.read(hostile) > 0 ? 1 : 0;
            } catch (Throwable e) {
                System.out.println("the record " + i + " ended in " + e);
                e.printStackTrace(System.out);
                System.out.println(hostile);
                return;
            }
        }
        System.out.print(read + " of " + count + " were read\n");
    }

    private static HostileRecord one(List<HostileRecord> records, Random random) {
        return records.get(random.nextInt(records.size()));
    }
}
