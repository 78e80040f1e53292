// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.internal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The file {@code ids.properties} of a folder with schemas: lines such as {@code 100001=order.avsc}, with a number or a
 * GUID; a file name alone gives a schema a GUID that is computed. {@code Properties} does not read it, since that
 * class reports neither lines nor duplicates.
 */
public final class IdsFile {
    /** The name of the file. */
    public static final String NAME = "ids.properties";

    private IdsFile() {}

    /**
     * A line.
     *
     * @param number the line's number, counted from 1
     * @param id null if the line has none
     * @param guid null if the line has none
     * @param file the name of the schema file
     */
    public record Line(
            int number, @Nullable Long id, @Nullable UUID guid, String file) {}

    /**
     * Reads the lines.
     *
     * @throws IllegalArgumentException if one is wrong; the message begins with the number of the line
     */
    public static List<Line> read(String text) {
        List<Line> lines = new ArrayList<>();
        String[] all = text.split("\\R", -1);
        for (int i = 0; i < all.length; i++) {
            String each = all[i].strip();
            if (!each.isEmpty() && !each.startsWith("#") && !each.startsWith("!")) {
                lines.add(line(i + 1, each));
            }
        }
        refuseDuplicates(lines);
        return List.copyOf(lines);
    }

    /** A file may have a number and a GUID, in two lines. */
    private static void refuseDuplicates(List<Line> lines) {
        Map<Object, Integer> identities = new HashMap<>();
        Map<String, Integer> files = new HashMap<>();
        for (Line line : lines) {
            Object identity = line.id() == null ? line.guid() : line.id();
            Integer before = identity == null ? null : identities.putIfAbsent(identity, line.number());
            if (before != null) {
                throw wrong(
                        line.number(),
                        "the id " + identity + " is that of line " + before + " too, and an id denotes one schema");
            }
            String kind = line.id() != null ? "number" : line.guid() != null ? "GUID" : "neither";
            Integer sameFile = files.putIfAbsent(kind + " " + line.file(), line.number());
            if (sameFile != null) {
                throw wrong(
                        line.number(),
                        line.file() + " is named in line " + sameFile
                                + " too, so records could be written under either id. Keep one of the two");
            }
        }
    }

    private static Line line(int number, String text) {
        int separator = text.indexOf('=');
        String file = text.substring(separator + 1).strip();
        if (file.isEmpty()) {
            throw wrong(number, "no file is named. Write it as 100001=order.avsc");
        }
        if (separator < 0) {
            return new Line(number, null, null, file);
        }
        String identity = text.substring(0, separator).strip();
        if (identity.matches("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")) {
            return new Line(number, null, UUID.fromString(identity), file);
        }
        if (identity.matches("-[0-9]+|0+")) {
            throw wrong(number, "the id " + identity + " is no positive number, and a registry counts from 1");
        }
        if (!identity.matches("[0-9]{1,18}")) {
            throw wrong(
                    number,
                    identity + " is neither a number nor a GUID. Write the id that the registry has given the schema,"
                            + " as 100001=order.avsc");
        }
        return new Line(number, Long.valueOf(identity), null, file);
    }

    /** Returns an error of a line. */
    public static IllegalArgumentException wrong(int line, String what) {
        return new IllegalArgumentException("line " + line + ": " + what);
    }
}
