// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.registry.internal;

import io.kurier.serializers.registry.internal.Declarations.File;
import io.kurier.serializers.registry.internal.Declarations.Import;
import io.kurier.serializers.registry.internal.Declarations.ImportKind;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The text of a .proto file and its descriptor, each made from the other: registries have the one, generated classes
 * the other.
 */
public final class ProtoText {
    private static final int MAX_LENGTH = 4 << 20;
    private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/]++={0,2}");

    private static final String NEITHER =
            "line 1, column 1 begins neither a .proto text nor the Base64 of a descriptor";

    private ProtoText() {}

    /**
     * Returns the .proto text of a descriptor, without comments and custom options.
     *
     * @param file a {@code FileDescriptorProto}
     * @throws IllegalArgumentException if it is none, or has a name that a .proto text cannot have
     */
    public static String of(byte[] file) {
        return new ProtoPrinter().text(ProtoReader.file(file));
    }

    /**
     * Returns the {@code FileDescriptorProto} that a .proto text describes, with a name only if the Base64 of one has it.
     * A type that the text and its imports do not declare keeps the name as it is written, and has no type.
     *
     * @param text the .proto text, or the Base64 of a descriptor, which some registries accept; up to 4 Mi characters
     * @param imports the texts of the imported files by their paths; those of google/protobuf may be absent
     * @throws IllegalArgumentException if it is no .proto text; the message is the end of a sentence, with line and
     *     column
     */
    public static byte[] descriptor(String text, Map<String, String> imports) {
        String trimmed = text.strip();
        if (isBase64(trimmed)) {
            byte[] descriptor = decoded(trimmed);
            descriptorFile(descriptor);
            return descriptor;
        }
        File file = parsed(text);
        ProtoTypes types = new ProtoTypes();
        Set<String> seen = new HashSet<>();
        Deque<String> left = new ArrayDeque<>();
        file.imports().stream().filter(each -> each.kind() != ImportKind.OPTION).forEach(each -> left.add(each.path()));
        while (!left.isEmpty()) {
            String path = left.remove();
            if (seen.add(path)) {
                declare(path, imports, types, left);
            }
        }
        types.declare(file);
        return ProtoWriter.bytes(types.resolved(file));
    }

    /** Makes the types of an imported file known. What it imports itself can be named only if it imports that publicly. */
    private static void declare(String path, Map<String, String> imports, ProtoTypes types, Deque<String> left) {
        String text = imports.get(path);
        if (text == null) {
            WellKnownTypes.declare(path, types);
            return;
        }
        File file;
        try {
            String trimmed = text.strip();
            file = isBase64(trimmed) ? descriptorFile(decoded(trimmed)) : parsed(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("imports " + path + ", of which " + e.getMessage(), e);
        }
        types.declare(file);
        for (Import each : file.imports()) {
            if (each.kind() == ImportKind.PUBLIC) {
                left.add(each.path());
            }
        }
    }

    private static File parsed(String text) {
        if (text.length() > MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "the text has " + text.length() + " characters, more than the " + MAX_LENGTH + " allowed");
        }
        return ProtoParser.parse(text);
    }

    /** A .proto text that is not empty has blanks or a semicolon, which Base64 does not. */
    private static boolean isBase64(String text) {
        return BASE64.matcher(text).matches();
    }

    private static byte[] decoded(String text) {
        if (text.length() > MAX_LENGTH * 2L) {
            throw new IllegalArgumentException("the descriptor has " + text.length() + " characters, more than the "
                    + MAX_LENGTH * 2L + " allowed");
        }
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(NEITHER, e);
        }
    }

    private static File descriptorFile(byte[] descriptor) {
        try {
            return ProtoReader.file(descriptor);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(NEITHER + ": " + e.getMessage(), e);
        }
    }

    /**
     * Returns whether two descriptors declare the same messages with the same fields on the wire: names, numbers,
     * types, labels; not comments, options, the order of declarations, or the file's name. A name of a type that is not
     * resolved is the same as one that ends with it.
     *
     * @throws IllegalArgumentException if one is no descriptor
     */
    public static boolean isSame(byte[] one, byte[] other) {
        return ProtoComparison.isSame(ProtoReader.file(one), ProtoReader.file(other));
    }

    /**
     * Returns whether another file has a message with all the fields that it has in one file, by their numbers, types and
     * labels, and so have the messages of that file within it: then records can be read by the other file.
     *
     * @param message the full name
     * @throws IllegalArgumentException if one is no descriptor
     */
    public static boolean hasFieldsOf(byte[] one, String message, byte[] other) {
        return new ProtoCoverage(ProtoReader.file(one), ProtoReader.file(other)).has("." + message);
    }
}
