// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.framings;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kurier.serializers.internal.ProtoBytes;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A {@code FileDescriptorProto} (descriptor.proto): the messages that it declares, and a form in which two files can be
 * compared. Immutable.
 */
final class ProtoFile {
    private static final int MAX_DEPTH = 100;

    // FileDescriptorProto
    private static final int FILE_NAME = 1;
    private static final int PACKAGE = 2;
    private static final int MESSAGE = 4;
    private static final int EXTENSION = 7;
    private static final int FILE_OPTIONS = 8;
    private static final int SOURCE_INFO = 9;

    // DescriptorProto
    private static final int NAME = 1;
    private static final int FIELD = 2;
    private static final int NESTED = 3;
    private static final int NESTED_EXTENSION = 6;
    private static final int OPTIONS = 7;

    // MessageOptions
    private static final int MAP_ENTRY = 7;

    // FieldDescriptorProto
    private static final int FIELD_OPTIONS = 8;
    private static final int JSON_NAME = 10;

    private final byte[] bytes;
    private final String prefix;
    private final List<Message> messages;

    /** A message type, and those within it without the synthetic ones of map fields, which no .proto text has. */
    private record Message(String name, List<Message> nested) {}

    /**
     * Reads a file.
     *
     * @throws IllegalArgumentException if the bytes are not a {@code FileDescriptorProto}
     */
    ProtoFile(byte[] bytes) {
        this.bytes = bytes;
        String name = "";
        List<Message> found = new ArrayList<>();
        for (ProtoBytes field : ProtoBytes.in(bytes, 0, bytes.length)) {
            if (field.number() == PACKAGE) {
                name = text(field) + ".";
            } else if (field.number() == MESSAGE) {
                addMessage(field, found, 0);
            }
        }
        this.prefix = name;
        this.messages = List.copyOf(found);
    }

    /**
     * Returns the last file of a {@code FileDescriptorSet}: protoc writes imports before the files that need them.
     *
     * @throws IllegalArgumentException if the bytes are no descriptor set, or an empty one
     */
    static ProtoFile lastOf(byte[] set) {
        List<ProtoBytes> files = ProtoBytes.in(set, 0, set.length).stream()
                .filter(field -> field.number() == 1 && field.type() == ProtoBytes.BYTES)
                .toList();
        if (files.isEmpty()) {
            throw new IllegalArgumentException("the descriptor set has no file");
        }
        ProtoBytes last = files.get(files.size() - 1);
        return new ProtoFile(Arrays.copyOfRange(set, last.content(), last.to()));
    }

    /** Returns the {@code FileDescriptorProto}; not to be changed. */
    byte[] bytes() {
        return bytes;
    }

    private void addMessage(ProtoBytes message, List<Message> messagesAround, int depth) {
        if (depth > MAX_DEPTH) {
            throw new IllegalArgumentException("messages are nested in more than " + MAX_DEPTH + " levels");
        }
        String name = "";
        List<Message> nested = new ArrayList<>();
        for (ProtoBytes field : ProtoBytes.in(bytes, message.content(), message.to())) {
            switch (field.number()) {
                case NAME -> name = text(field);
                case NESTED -> addMessage(field, nested, depth + 1);
                case OPTIONS -> {
                    if (isMapEntry(field)) {
                        return;
                    }
                }
                default -> {}
            }
        }
        messagesAround.add(new Message(name, List.copyOf(nested)));
    }

    private boolean isMapEntry(ProtoBytes options) {
        return ProtoBytes.in(bytes, options.content(), options.to()).stream()
                .anyMatch(field ->
                        field.number() == MAP_ENTRY && ProtoBytes.varint(bytes, field.content(), field.to()) != 0);
    }

    private String text(ProtoBytes field) {
        return new String(bytes, field.content(), field.to() - field.content(), UTF_8);
    }

    /** Returns the path to a message, each step its place among the messages of its parent; null if it is not here. */
    @Nullable
    List<Integer> path(String fullName) {
        if (!fullName.startsWith(prefix)) {
            return null;
        }
        List<Integer> path = new ArrayList<>();
        List<Message> among = messages;
        for (String name : fullName.substring(prefix.length()).split("\\.", -1)) {
            int index = among.stream().map(Message::name).toList().indexOf(name);
            if (index < 0) {
                return null;
            }
            path.add(index);
            among = among.get(index).nested();
        }
        return List.copyOf(path);
    }

    /** Returns the full name of the message at a path; null if there is none. */
    @Nullable
    String fullName(List<Integer> path) {
        List<Message> among = messages;
        List<String> names = new ArrayList<>();
        for (int index : path) {
            if (index < 0 || index >= among.size()) {
                return null;
            }
            names.add(among.get(index).name());
            among = among.get(index).nested();
        }
        return names.isEmpty() ? null : prefix + String.join(".", names);
    }

    /** Returns the full name of the first message of a simple name, outer ones first; null if there is none. */
    @Nullable
    String fullName(String simpleName) {
        return fullName(simpleName, prefix, messages);
    }

    private static @Nullable String fullName(String simpleName, String before, List<Message> among) {
        for (Message message : among) {
            if (message.name().equals(simpleName)) {
                return before + simpleName;
            }
        }
        for (Message message : among) {
            String found = fullName(simpleName, before + message.name() + ".", message.nested());
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    /** Returns the number of messages at the top. */
    int size() {
        return messages.size();
    }

    /**
     * Returns the bytes that two descriptors of one .proto text share. The name of the file depends on {@code
     * --proto_path}, source information on an option; protoc adds the JSON names that follow from the fields' names to
     * descriptor sets, and not to generated code.
     */
    byte[] normalForm() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (ProtoBytes field : ordered(0, bytes.length)) {
            switch (field.number()) {
                case FILE_NAME, SOURCE_INFO -> {}
                case MESSAGE -> write(field, normalMessage(field), out);
                case EXTENSION -> write(field, normalField(field), out);
                case FILE_OPTIONS -> write(field, inOrder(field), out);
                default -> out.write(bytes, field.from(), field.to() - field.from());
            }
        }
        return out.toByteArray();
    }

    private byte[] normalMessage(ProtoBytes message) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (ProtoBytes field : ordered(message.content(), message.to())) {
            switch (field.number()) {
                case FIELD, NESTED_EXTENSION -> write(field, normalField(field), out);
                case NESTED -> write(field, normalMessage(field), out);
                case OPTIONS -> write(field, inOrder(field), out);
                default -> out.write(bytes, field.from(), field.to() - field.from());
            }
        }
        return out.toByteArray();
    }

    private byte[] normalField(ProtoBytes field) {
        List<ProtoBytes> parts = ordered(field.content(), field.to());
        String name = parts.stream()
                .filter(part -> part.number() == NAME)
                .map(this::text)
                .findFirst()
                .orElse("");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (ProtoBytes part : parts) {
            if (part.number() == FIELD_OPTIONS) {
                write(part, inOrder(part), out);
            } else if (part.number() != JSON_NAME || !text(part).equals(jsonName(name))) {
                out.write(bytes, part.from(), part.to() - part.from());
            }
        }
        return out.toByteArray();
    }

    private byte[] inOrder(ProtoBytes message) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ordered(message.content(), message.to())
                .forEach(field -> out.write(bytes, field.from(), field.to() - field.from()));
        return out.toByteArray();
    }

    /** An option that a reader does not know stands last in what it writes; protoc writes all in order. */
    private List<ProtoBytes> ordered(int from, int to) {
        return ProtoBytes.in(bytes, from, to).stream()
                .sorted(Comparator.comparingInt(ProtoBytes::number))
                .toList();
    }

    private static void write(ProtoBytes field, byte[] content, ByteArrayOutputStream out) {
        out.write((field.number() << 3) | ProtoBytes.BYTES);
        int left = content.length;
        while (left > 0x7F) {
            out.write((left & 0x7F) | 0x80);
            left >>>= 7;
        }
        out.write(left);
        out.writeBytes(content);
    }

    /** Returns the JSON name that protoc derives: underscores are left out, and the letters behind them are upper case. */
    private static String jsonName(String name) {
        StringBuilder camel = new StringBuilder();
        boolean upper = false;
        for (int i = 0; i < name.length(); i++) {
            char each = name.charAt(i);
            if (each == '_') {
                upper = true;
            } else {
                camel.append(upper && each >= 'a' && each <= 'z' ? (char) (each - 'a' + 'A') : each);
                upper = false;
            }
        }
        return camel.toString();
    }
}
