// SPDX-License-Identifier: Apache-2.0
package com.example.batch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.specific.SpecificDatumWriter;

/** Writes files to publish, as another system would leave them. */
final class OrderFiles {
    private static final String[] PRODUCTS = {"apples", "cherries", "figs", "pears"};
    private static final Instant FIRST = Instant.parse("2026-11-28T08:00:00Z");

    private OrderFiles() {}

    /** Writes files of so many orders each; the ids of the orders count from O-1 through all of them. */
    static void write(Path folder, int files, int orders) throws IOException {
        Files.createDirectories(folder);
        int id = 0;
        for (int file = 1; file <= files; file++) {
            try (DataFileWriter<Order> writer = new DataFileWriter<>(new SpecificDatumWriter<>(Order.class))) {
                writer.setCodec(CodecFactory.deflateCodec(1));
                Path path = folder.resolve(String.format(Locale.ROOT, "orders-%03d.avro", file));
                writer.create(Order.getClassSchema(), path.toFile());
                for (int n = 0; n < orders; n++) {
                    id++;
                    writer.append(new Order(
                            "O-" + id, "C-" + id % 1000, PRODUCTS[id % PRODUCTS.length], FIRST.plusMillis(id)));
                }
            }
        }
    }
}
