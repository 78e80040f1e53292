// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.registry.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The protoc that the build has put into Maven's local repository to generate the messages of the tests. */
final class Protoc {
    private static final String WELL_KNOWN =
            "any api descriptor duration empty field_mask source_context struct" + " timestamp type wrappers";

    private static final String JAVA_FEATURES = "google/protobuf/java_features.proto";

    private final Path executable;
    private final Path folder;

    private Protoc(Path executable, Path folder) {
        this.executable = executable;
        this.folder = folder;
    }

    /** Returns it with an empty folder to work in; empty, with the reason printed, if it is not where it should be. */
    static Optional<Protoc> in(Path folder) throws IOException {
        Path versions = Path.of(
                        System.getProperty("localRepository", System.getProperty("user.home") + "/.m2/repository"))
                .resolve("com/google/protobuf/protoc");
        String os = System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("mac") ? "osx" : "linux";
        String cpu = System.getProperty("os.arch").equals("aarch64") ? "aarch_64" : "x86_64";
        if (Files.isDirectory(versions)) {
            try (Stream<Path> files = Files.walk(versions, 2)) {
                Optional<Path> found = files.filter(file -> file.toString().endsWith("-" + os + "-" + cpu + ".exe"))
                        .max(Comparator.naturalOrder());
                if (found.isPresent()) {
                    Path executable = Files.copy(found.get(), folder.resolve("protoc"));
                    if (executable.toFile().setExecutable(true)) {
                        return Optional.of(new Protoc(executable, folder));
                    }
                }
            }
        }
        System.out.println("without protoc: there is none for " + os + "-" + cpu + " in " + versions);
        return Optional.empty();
    }

    /** Returns the texts of google/protobuf's files, from protobuf-java's jar, by their paths. */
    static Map<String, String> wellKnown() throws IOException {
        Map<String, String> texts = new HashMap<>();
        for (String name : WELL_KNOWN.split(" ", -1)) {
            String path = "google/protobuf/" + name + ".proto";
            texts.put(path, resource(path));
        }
        return texts;
    }

    private static String resource(String path) throws IOException {
        try (var in = FileDescriptorProto.class.getResourceAsStream("/" + path)) {
            return new String(in.readAllBytes(), UTF_8);
        }
    }

    /** Returns the descriptors of texts, and of what they import, by their paths. */
    Map<String, FileDescriptorProto> compile(Map<String, String> texts) throws Exception {
        Path sources = Files.createTempDirectory(folder, "sources");
        Map<String, String> all = new HashMap<>(wellKnown());
        all.put(JAVA_FEATURES, resource(JAVA_FEATURES));
        all.putAll(texts);
        for (Map.Entry<String, String> each : all.entrySet()) {
            Path file = sources.resolve(each.getKey());
            Files.createDirectories(file.getParent());
            Files.writeString(file, each.getValue());
        }
        Path set = sources.resolve("set.desc");
        Path log = sources.resolve("protoc.log");
        List<String> command = new ArrayList<>(
                List.of(executable.toString(), "-I" + sources, "--include_imports", "--descriptor_set_out=" + set));
        command.addAll(texts.keySet());
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        if (process.waitFor() != 0) {
            throw new AssertionError(Files.readString(log) + texts);
        }
        Map<String, FileDescriptorProto> files = new HashMap<>();
        FileDescriptorSet.parseFrom(Files.readAllBytes(set))
                .getFileList()
                .forEach(file -> files.put(file.getName(), file));
        return files;
    }
}
