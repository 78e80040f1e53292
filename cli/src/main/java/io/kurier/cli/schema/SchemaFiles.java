// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli.schema;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.InvalidProtocolBufferException;
import io.kurier.serializers.registry.internal.ProtoText;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads schema files, whose format is that of their extension. */
public final class SchemaFiles {
    private static final String DESCRIPTOR_SET = "desc";

    private static final Map<String, String> FORMATS = Map.of(
            "avsc",
            SchemaDocument.AVRO,
            "json",
            SchemaDocument.JSON,
            "proto",
            SchemaDocument.PROTOBUF,
            DESCRIPTOR_SET,
            SchemaDocument.PROTOBUF);

    private static final long LARGEST = 16L << 20;

    private SchemaFiles() {}

    /** Returns whether a text that a user gives is the path of a file that exists. */
    static boolean isFile(String text) {
        try {
            return Files.isRegularFile(Path.of(text));
        } catch (InvalidPathException e) {
            return false;
        }
    }

    /**
     * Reads a file.
     *
     * @throws SchemaException if it cannot be read, or is not a schema
     */
    public static SchemaDocument read(String path) {
        return read(path, Map.of());
    }

    /**
     * Reads a file that refers to other schemas.
     *
     * @param references the texts of those by the names by which the file refers to them
     * @throws SchemaException if it cannot be read, or is not a schema
     */
    public static SchemaDocument read(String path, Map<String, String> references) {
        if (!isFile(path)) {
            throw SchemaException.wrong(path + ": there is no such file", null);
        }
        return read(path, Path.of(path), references);
    }

    /** Reads a file that errors call by another name. */
    static SchemaDocument read(String name, Path file, Map<String, String> references) {
        SchemaDocument alone = document(name, file);
        Map<String, String> all = new LinkedHashMap<>(alone.references());
        all.putAll(references);
        SchemaDocument document = new SchemaDocument(name, alone.format(), alone.text(), all);
        document.check();
        return document;
    }

    private static SchemaDocument document(String name, Path file) {
        String extension = name.substring(name.lastIndexOf('.') + 1);
        String format = FORMATS.get(extension);
        if (format == null) {
            throw SchemaException.wrong(
                    name + ": its extension does not say which format it has; Avro is .avsc, JSON Schema .json,"
                            + " Protobuf .proto, a descriptor set of Protobuf .desc",
                    null);
        }
        byte[] content = content(name, file);
        return extension.equals(DESCRIPTOR_SET)
                ? ofSet(name, content)
                : new SchemaDocument(name, format, text(name, content), Map.of());
    }

    private static byte[] content(String name, Path file) {
        try {
            if (Files.size(file) > LARGEST) {
                throw SchemaException.wrong(
                        name + ": larger than " + (LARGEST >> 20) + " MiB, which no schema is", null);
            }
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw SchemaException.wrong(name + ": it cannot be read: " + e, e);
        }
    }

    private static String text(String name, byte[] content) {
        try {
            return UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
        } catch (CharacterCodingException e) {
            throw SchemaException.wrong(name + ": it is not text in UTF-8", e);
        }
    }

    /** The last file is the schema, as {@code protoc} writes it. */
    private static SchemaDocument ofSet(String name, byte[] content) {
        List<FileDescriptorProto> files;
        try {
            files = FileDescriptorSet.parseFrom(content).getFileList();
        } catch (InvalidProtocolBufferException e) {
            throw SchemaException.wrong(name + ": it is not a descriptor set: " + e.getMessage(), e);
        }
        if (files.isEmpty()) {
            throw SchemaException.wrong(name + ": the descriptor set has no file", null);
        }
        Map<String, String> imports = new LinkedHashMap<>();
        files.subList(0, files.size() - 1)
                .forEach(file -> imports.put(file.getName(), ProtoText.of(file.toByteArray())));
        return new SchemaDocument(
                name,
                SchemaDocument.PROTOBUF,
                ProtoText.of(files.get(files.size() - 1).toByteArray()),
                imports);
    }
}
