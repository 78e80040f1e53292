// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.registry.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.TimestampProto;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Texts and descriptors against protoc, which makes the one of the other. */
class ProtoTextTest {
    private static final int RANDOM_FILES = 300;

    @TempDir
    Path folder;

    private Optional<Protoc> protoc = Optional.empty();

    @BeforeEach
    void findProtoc() throws Exception {
        protoc = Protoc.in(folder);
    }

    @Test
    void readsTheTextsOfThisRepositoryAsProtocDoes() throws Exception {
        assumeTrue(protoc.isPresent(), "there is no protoc, as printed above");
        List<Map<String, String>> sources = sources();
        for (Map<String, String> texts : sources) {
            assertReadsAsProtoc(texts);
        }
        assertThat(sources).hasSizeGreaterThan(3);
    }

    @Test
    void readsTheTextsOfProtobufAsProtocDoes() throws Exception {
        assumeTrue(protoc.isPresent(), "there is no protoc, as printed above");
        assertReadsAsProtoc(Protoc.wellKnown());
    }

    @Test
    void readsEveryDeclarationAsProtocDoes() throws Exception {
        assumeTrue(protoc.isPresent(), "there is no protoc, as printed above");
        assertReadsAsProtoc(ProtoSamples.ALL);
    }

    @Test
    void printsTextsOfWhichProtocMakesTheSameDescriptors() throws Exception {
        assumeTrue(protoc.isPresent(), "there is no protoc, as printed above");
        List<Map<String, String>> all = new ArrayList<>(List.of(Protoc.wellKnown(), ProtoSamples.ALL));
        all.addAll(sources());
        for (Map<String, String> texts : all) {
            Map<String, FileDescriptorProto> compiled = protoc.get().compile(texts);
            Map<String, String> printed = new HashMap<>();
            for (String path : texts.keySet()) {
                printed.put(path, ProtoText.of(file(compiled, path).toByteArray()));
            }
            Map<String, FileDescriptorProto> again = protoc.get().compile(printed);
            for (String path : texts.keySet()) {
                assertThat(Normal.of(file(again, path)))
                        .as(printed.get(path))
                        .isEqualTo(Normal.of(file(compiled, path)));
            }
        }
    }

    @Test
    void randomDescriptorsArePrintedAndReadWithoutALoss() throws Exception {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        for (int i = 0; i < RANDOM_FILES; i++) {
            FileDescriptorProto file = RandomFiles.file(random);
            assertThat(FileDescriptor.buildFrom(file, new FileDescriptor[] {TimestampProto.getDescriptor()}))
                    .isNotNull();
            String text = ProtoText.of(file.toByteArray());
            byte[] read = ProtoText.descriptor(text, Map.of());

            assertThat(Normal.of(read)).as("seed %s: %s", seed, text).isEqualTo(Normal.of(file));
            assertThat(ProtoText.isSame(read, file.toByteArray())).isTrue();
            if (i % 10 == 0 && protoc.isPresent()) {
                assertThat(Normal.of(file(protoc.get().compile(Map.of("random.proto", text)), "random.proto")))
                        .as("seed %s: %s", seed, text)
                        .isEqualTo(Normal.of(file));
            }
        }
    }

    /** Types of files that a text does not import are no error, and those of google/protobuf need no text. */
    @Test
    void knowsTheTypesOfEachWellKnownFile() throws Exception {
        for (Map.Entry<String, String> each : Protoc.wellKnown().entrySet()) {
            FileDescriptorProto file =
                    FileDescriptorProto.parseFrom(ProtoText.descriptor(each.getValue(), Protoc.wellKnown()));
            List<String> enums = new ArrayList<>();
            List<String> messages = new ArrayList<>();
            file.getEnumTypeList().forEach(type -> enums.add(type.getName()));
            file.getMessageTypeList().forEach(type -> collect("", type, messages, enums));
            StringBuilder text = new StringBuilder("import \"" + each.getKey() + "\"; message All {");
            List<String> names =
                    Stream.concat(messages.stream(), enums.stream()).toList();
            for (int i = 0; i < names.size(); i++) {
                text.append("optional google.protobuf.")
                        .append(names.get(i))
                        .append(" f")
                        .append(i)
                        .append(" = ")
                        .append(i + 1)
                        .append(";");
            }

            DescriptorProto all = FileDescriptorProto.parseFrom(ProtoText.descriptor(text + "}", Map.of()))
                    .getMessageType(0);

            for (int i = 0; i < names.size(); i++) {
                assertThat(all.getField(i).getTypeName()).isEqualTo(".google.protobuf." + names.get(i));
                assertThat(all.getField(i).getType().name())
                        .isEqualTo(i < messages.size() ? "TYPE_MESSAGE" : "TYPE_ENUM");
            }
        }
    }

    private static void collect(String before, DescriptorProto type, List<String> messages, List<String> enums) {
        if (type.getOptions().getMapEntry()) {
            return;
        }
        messages.add(before + type.getName());
        String inside = before + type.getName() + ".";
        type.getEnumTypeList().forEach(each -> enums.add(inside + each.getName()));
        type.getNestedTypeList().forEach(each -> collect(inside, each, messages, enums));
    }

    private void assertReadsAsProtoc(Map<String, String> texts) throws Exception {
        Map<String, FileDescriptorProto> compiled = protoc.orElseThrow().compile(texts);
        for (Map.Entry<String, String> each : texts.entrySet()) {
            FileDescriptorProto expected = file(compiled, each.getKey());
            byte[] read = ProtoText.descriptor(each.getValue(), texts);
            assertThat(Normal.of(read)).as(each.getKey()).isEqualTo(Normal.of(expected));
            assertThat(ProtoText.isSame(read, expected.toByteArray()))
                    .as(each.getKey())
                    .isTrue();
        }
    }

    private static FileDescriptorProto file(Map<String, FileDescriptorProto> files, String path) {
        return Objects.requireNonNull(files.get(path), path);
    }

    private static List<Path> sourceFolders() throws Exception {
        Path root = Path.of("").toAbsolutePath();
        while (!Files.exists(root.resolve("CONTRIBUTING.md"))) {
            root = Objects.requireNonNull(root.getParent());
        }
        try (Stream<Path> folders =
                Files.find(root, 8, (path, is) -> path.endsWith("protobuf") && is.isDirectory() && isSource(path))) {
            return folders.sorted().toList();
        }
    }

    /** The texts of each folder, by their paths. */
    private static List<Map<String, String>> sources() throws Exception {
        List<Map<String, String>> sources = new ArrayList<>();
        for (Path root : sourceFolders()) {
            Map<String, String> texts = texts(root);
            if (!texts.isEmpty()) {
                sources.add(texts);
            }
        }
        return sources;
    }

    private static boolean isSource(Path folder) {
        return (folder.endsWith("src/test/protobuf") || folder.endsWith("src/main/protobuf"))
                && !folder.toString().contains("/target/");
    }

    /** Those with rules of protovalidate import a file that is in that library's jar, and not here. */
    private static Map<String, String> texts(Path root) throws Exception {
        Map<String, String> texts = new HashMap<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".proto")).toList()) {
                String text = Files.readString(file);
                if (!text.contains("import \"buf/")) {
                    texts.put(root.relativize(file).toString().replace('\\', '/'), text);
                }
            }
        }
        return texts;
    }
}
