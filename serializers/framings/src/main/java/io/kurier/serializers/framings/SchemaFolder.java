// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.framings;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kurier.serializers.internal.ContentGuid;
import io.kurier.serializers.internal.IdsFile;
import io.kurier.serializers.internal.SchemaFile;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/**
 * Reads a folder with schemas, of the file system or the class path, and everything that can be wrong with it is an
 * error here. Used once.
 */
final class SchemaFolder {
    private final String key;
    private final String location;

    /** The formats by the extensions of files. */
    private static final Map<String, String> FORMATS =
            Map.of("avsc", SchemaText.AVRO, "json", SchemaText.JSON, "desc", SchemaText.PROTOBUF);

    /**
     * A schema of the folder.
     *
     * @param line where {@link IdsFile} names it first
     * @param file its file
     * @param text its text in comparable forms
     * @param registered its identity and text
     */
    record Entry(int line, String file, SchemaText text, RegisteredSchema registered) {}

    /**
     * Creates it.
     *
     * @param key the configuration key of the folder, for errors
     * @param location a path, or {@code classpath:} and the folder of resources
     */
    SchemaFolder(String key, String location) {
        this.key = key;
        this.location = location.endsWith("/") ? location.substring(0, location.length() - 1) : location;
    }

    /**
     * Returns the schemas.
     *
     * @throws ConfigException if something is missing, cannot be read, or is there twice; it names file and line
     */
    List<Entry> entries() {
        requireFolder();
        String ids = place(IdsFile.NAME);
        if (!SchemaFile.exists(ids)) {
            throw new ConfigException(
                    key,
                    location,
                    "there is no " + IdsFile.NAME + " in it, which has the ids of the schemas in lines such as"
                            + " 100001=order.avsc");
        }
        Map<String, Entry> byFile = new LinkedHashMap<>();
        Map<String, String> schemas = new HashMap<>();
        try {
            for (IdsFile.Line line : IdsFile.read(utf8(SchemaFile.read(key, ids)))) {
                Entry before = byFile.get(line.file());
                if (before == null) {
                    Entry entry = entry(line);
                    requireNew(entry, schemas);
                    byFile.put(line.file(), entry);
                } else {
                    byFile.put(line.file(), joined(before, line));
                }
            }
        } catch (IllegalArgumentException e) {
            throw new ConfigException(key, location, ids + ", " + e.getMessage());
        }
        return List.copyOf(byFile.values());
    }

    private void requireFolder() {
        if (location.startsWith(SchemaFile.CLASSPATH)) {
            return;
        }
        try {
            Path folder = Path.of(location);
            if (Files.isDirectory(folder) && !Files.isExecutable(folder)) {
                throw new ConfigException(
                        key, location, "the folder cannot be opened. Give this process the right to read it");
            }
            if (!Files.isDirectory(folder)) {
                throw new ConfigException(
                        key,
                        location,
                        "there is no such folder, seen from " + Path.of("").toAbsolutePath() + ". Correct the path");
            }
        } catch (InvalidPathException e) {
            throw new ConfigException(key, location, "this is not a path: " + e.getReason());
        }
    }

    private static void requireNew(Entry entry, Map<String, String> schemas) {
        String where = "line " + entry.line() + " (" + entry.file() + ")";
        String before = schemas.putIfAbsent(
                entry.registered().format() + ':' + entry.text().equality(), where);
        if (before != null) {
            throw IdsFile.wrong(
                    entry.line(),
                    entry.file() + " has the same schema as " + before
                            + ", so records could be written under either id. Keep one of the two");
        }
    }

    private static Entry joined(Entry before, IdsFile.Line line) {
        RegisteredSchema known = before.registered();
        return new Entry(
                before.line(),
                before.file(),
                before.text(),
                new RegisteredSchema(
                        known.format(),
                        line.id() == null ? known.id() : line.id(),
                        line.guid() == null ? known.guid() : line.guid(),
                        known.text()));
    }

    private Entry entry(IdsFile.Line line) {
        String file = line.file();
        String format = FORMATS.get(file.substring(file.lastIndexOf('.') + 1));
        if (format == null) {
            throw IdsFile.wrong(
                    line.number(),
                    file + " is no schema file by its name. Avro is .avsc, JSON Schema .json, and a descriptor set of"
                            + " Protobuf .desc (protoc --include_imports --descriptor_set_out=order.desc order.proto)");
        }
        if (file.startsWith("/") || List.of(file.split("[/\\\\]")).contains("..")) {
            throw IdsFile.wrong(line.number(), file + " is outside of the folder");
        }
        if (!SchemaFile.exists(place(file))) {
            throw IdsFile.wrong(
                    line.number(), "there is no file " + file + " in the folder. Correct the name, or add it");
        }
        byte[] content;
        try {
            content = SchemaFile.read(key, place(file));
        } catch (ConfigException e) {
            throw IdsFile.wrong(line.number(), file + " cannot be read: " + e.getMessage());
        }
        try {
            return format.equals(SchemaText.PROTOBUF) ? protobuf(line, content) : text(line, format, content);
        } catch (IllegalArgumentException e) {
            throw IdsFile.wrong(line.number(), file + " is not a schema of " + format + ": " + e.getMessage());
        }
    }

    private Entry text(IdsFile.Line line, String format, byte[] content) {
        String text = utf8(content);
        SchemaText forms = SchemaText.of(format, text);
        String registered = Objects.requireNonNullElse(forms.registered(), text);
        UUID guid = line.guid() == null ? ContentGuid.of(registered) : line.guid();
        return new Entry(line.number(), line.file(), forms, new RegisteredSchema(format, line.id(), guid, registered));
    }

    private Entry protobuf(IdsFile.Line line, byte[] content) {
        ProtoFile file = ProtoFile.lastOf(content);
        UUID guid = line.guid() == null ? guidOfProto(line.file()) : line.guid();
        return new Entry(
                line.number(),
                line.file(),
                SchemaText.protobuf(file),
                new RegisteredSchema(
                        SchemaText.PROTOBUF,
                        line.id(),
                        guid,
                        Base64.getEncoder().encodeToString(file.bytes())));
    }

    /** Returns the GUID of the .proto file beside a descriptor set; null if there is none. */
    private @Nullable UUID guidOfProto(String file) {
        String place = place(file.substring(0, file.lastIndexOf('.')) + ".proto");
        return SchemaFile.exists(place) ? ContentGuid.of(utf8(SchemaFile.read(key, place))) : null;
    }

    private String place(String file) {
        return location + "/" + file;
    }

    private static String utf8(byte[] content) {
        try {
            return UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("it is not text in UTF-8", e);
        }
    }
}
