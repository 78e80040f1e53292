// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli.schema;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kurier.serializers.internal.IdsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The schemas of a folder with {@code ids.properties}, as the source {@code file} of a framing has them. */
public final class FolderSchemas implements SchemaStore {
    private final Path folder;

    /** Does not read anything yet. */
    public FolderSchemas(Path folder) {
        this.folder = folder;
    }

    @Override
    public List<KnownSchema> list() {
        List<KnownSchema> all = new ArrayList<>(entries());
        all.sort(Comparator.comparing(entry -> Objects.requireNonNull(entry.name())));
        return all;
    }

    @Override
    public KnownSchema named(String name, int version) {
        if (version != 0) {
            throw SchemaException.wrong(
                    name + ":" + version + ": a folder has no versions; name a file of it, or a registry by"
                            + " --registry URL",
                    null);
        }
        return found(name, entry -> name.equals(entry.name()));
    }

    @Override
    public KnownSchema byId(long id) {
        return found("the id " + id, entry -> entry.id() == id);
    }

    @Override
    public KnownSchema byGuid(UUID guid) {
        return found("the GUID " + guid, entry -> guid.equals(entry.guid()));
    }

    /**
     * Returns the schema in the folder of which another is a new state, by its full name.
     *
     * @throws SchemaException if there is none, or more than one
     */
    public KnownSchema sameAs(SchemaDocument document) {
        List<KnownSchema> same = entries().stream()
                .filter(entry -> SchemaComparison.isSameThing(entry.document(), document))
                .toList();
        if (same.size() == 1) {
            return same.get(0);
        }
        throw SchemaException.wrong(
                same.isEmpty()
                        ? folder + ": no schema of the folder has the name of that in " + document.place()
                        : folder + ": several schemas of the folder have the name of that in " + document.place() + ": "
                                + String.join(
                                        ", ",
                                        same.stream()
                                                .map(entry -> String.valueOf(entry.name()))
                                                .toList())
                                + "; name one of them before the file",
                null);
    }

    private KnownSchema found(String what, Predicate<KnownSchema> wanted) {
        return entries().stream()
                .filter(wanted)
                .findFirst()
                .orElseThrow(() -> SchemaException.wrong(folder + ": " + what + " is not in " + IdsFile.NAME, null));
    }

    private List<KnownSchema> entries() {
        Map<String, KnownSchema> byFile = new LinkedHashMap<>();
        for (IdsFile.Line line : lines()) {
            KnownSchema before = byFile.get(line.file());
            byFile.put(line.file(), before == null ? entry(line) : joined(before, line));
        }
        return List.copyOf(byFile.values());
    }

    private KnownSchema entry(IdsFile.Line line) {
        Path file = folder.resolve(line.file());
        if (!Files.isRegularFile(file)) {
            throw SchemaException.wrong(
                    folder.resolve(IdsFile.NAME) + ", line " + line.number() + ": there is no file " + line.file(),
                    null);
        }
        SchemaDocument document = SchemaFiles.read(line.file(), file, Map.of());
        UUID guid = line.guid() == null ? guid(document, file) : line.guid();
        long id = line.id() == null ? 0 : line.id();
        return new KnownSchema(line.file(), 0, id, guid, document, List.of(), List.of());
    }

    /** The GUID of a descriptor set is that of the .proto file beside it. */
    private static @Nullable UUID guid(SchemaDocument document, Path file) {
        String name = String.valueOf(file.getFileName());
        if (!name.endsWith(".desc")) {
            return document.guid();
        }
        Path proto = file.resolveSibling(name.substring(0, name.lastIndexOf('.')) + ".proto");
        return Files.isRegularFile(proto) ? SchemaFiles.read(proto.toString()).guid() : null;
    }

    private static KnownSchema joined(KnownSchema before, IdsFile.Line line) {
        return new KnownSchema(
                before.name(),
                0,
                line.id() == null ? before.id() : line.id(),
                line.guid() == null ? before.guid() : line.guid(),
                before.document(),
                List.of(),
                List.of());
    }

    private List<IdsFile.Line> lines() {
        Path ids = folder.resolve(IdsFile.NAME);
        if (!Files.isDirectory(folder)) {
            throw SchemaException.wrong(folder + ": there is no such folder", null);
        }
        if (!Files.isRegularFile(ids)) {
            throw SchemaException.wrong(
                    ids + ": there is no such file; it has the ids of the schemas in lines such as 100001=order.avsc",
                    null);
        }
        try {
            return IdsFile.read(Files.readString(ids, UTF_8));
        } catch (IOException e) {
            throw SchemaException.wrong(ids + ": it cannot be read: " + e, e);
        } catch (IllegalArgumentException e) {
            throw SchemaException.wrong(ids + ", " + e.getMessage(), e);
        }
    }

    /**
     * Checks, before anything is registered, that a file can be added.
     *
     * @throws SchemaException if the folder has another file of its name, or cannot be written
     */
    public void checkAdding(Path file) {
        if (!Files.isDirectory(folder) || !Files.isWritable(folder)) {
            throw SchemaException.wrong(folder + ": there is no such folder that can be written", null);
        }
        if (file.toString().endsWith(".proto")) {
            throw SchemaException.wrong(
                    file + ": the folder has descriptor sets of Protobuf, by which records are compared; register the"
                            + " .desc that protoc --include_imports --descriptor_set_out writes",
                    null);
        }
        Path target = target(file);
        try {
            if (Files.exists(target) && Files.mismatch(target, file) >= 0) {
                throw SchemaException.wrong(
                        target + " is another schema than " + file + "; rename " + file + ", since the id of " + target
                                + " must keep its schema",
                        null);
            }
        } catch (IOException e) {
            throw SchemaException.wrong(target + ": it cannot be read: " + e, e);
        }
    }

    /**
     * Copies a file into the folder and writes its id into {@code ids.properties}, unless it is there.
     *
     * @throws SchemaException if the id or the file is there with another one
     */
    public void add(Path file, long id) {
        Path target = target(file);
        String name = String.valueOf(target.getFileName());
        Path ids = folder.resolve(IdsFile.NAME);
        List<IdsFile.Line> lines = Files.isRegularFile(ids) ? lines() : List.of();
        Optional<IdsFile.Line> other = lines.stream()
                .filter(line ->
                        line.id() != null && (line.id() == id) != line.file().equals(name))
                .findFirst();
        if (other.isPresent()) {
            throw SchemaException.wrong(
                    ids + ", line " + other.get().number() + ": " + other.get().file() + " has the id "
                            + other.get().id() + ", and the registry has " + file + " under " + id
                            + "; correct that line",
                    null);
        }
        try {
            if (!Files.exists(target)) {
                Files.copy(file, target);
            }
            if (lines.stream().noneMatch(line -> line.id() != null && line.id() == id)) {
                String before = Files.exists(ids) ? Files.readString(ids, UTF_8) : "";
                String separator = before.isEmpty() || before.endsWith("\n") ? "" : "\n";
                Files.writeString(
                        ids,
                        separator + id + "=" + name + "\n",
                        UTF_8,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.APPEND);
            }
        } catch (IOException e) {
            throw SchemaException.wrong(folder + ": it cannot be written: " + e, e);
        }
    }

    private Path target(Path file) {
        return folder.resolve(String.valueOf(file.getFileName()));
    }

    /** Holds nothing. */
    @Override
    public void close() {}
}
