// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.plugins;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Makes the jars of these tests, sound and faulty ones, from sources; so the tree holds no class that nobody can read. */
final class JarMaker {
    private final Map<String, String> sources = new LinkedHashMap<>();
    private final Map<String, byte[]> entries = new LinkedHashMap<>();
    private final List<String> left = new ArrayList<>();
    private String classPath = System.getProperty("java.class.path");

    /** A jar with a manifest that says a version. */
    static JarMaker jar() {
        return new JarMaker().entry("META-INF/MANIFEST.MF", "Manifest-Version: 1.0\nImplementation-Version: 1.0\n");
    }

    /** A jar with a serializer that answers what an expression says. */
    static JarMaker serializer(String type, String name, String answer) {
        return jar().source(
                        type,
                        "public class " + type + " implements io.kurier.spi.SerializerPlugin {\n"
                                + "  public String name() { return \"" + name + "\"; }\n"
                                + "  public org.apache.kafka.common.serialization.Serializer<?> serializer("
                                + "io.kurier.spi.SerializerSettings settings) {\n"
                                + "    return (org.apache.kafka.common.serialization.Serializer<Object>)"
                                + " (topic, data) -> (\"\" + " + answer + ").getBytes();\n"
                                + "  }\n}\n")
                .provides("io.kurier.spi.SerializerPlugin", "com.example." + type);
    }

    /** A class of the package {@code com.example}. */
    JarMaker source(String type, String text) {
        return sourceOf("com.example." + type, "package com.example;\n" + text);
    }

    JarMaker sourceOf(String type, String text) {
        sources.put(type, text);
        return this;
    }

    /** Compiles against other jars, and those of the tests no more. */
    JarMaker against(Stream<Path> jars) {
        classPath = jars.map(Path::toString).collect(Collectors.joining(File.pathSeparator));
        return this;
    }

    /** Leaves compiled classes out whose names begin so. */
    JarMaker without(String type) {
        left.add(type.replace('.', '/'));
        return this;
    }

    JarMaker withoutEntry(String name) {
        entries.remove(name);
        return this;
    }

    JarMaker provides(String service, String type) {
        return entry("META-INF/services/" + service, type + "\n");
    }

    JarMaker entry(String name, String text) {
        entries.put(name, text.getBytes(UTF_8));
        return this;
    }

    /** The classes of all sources, by their entries. */
    Map<String, byte[]> classes() throws IOException {
        Path folder = Files.createTempDirectory("kurier-classes");
        List<JavaFileObject> files = sources.entrySet().stream()
                .<JavaFileObject>map(source -> new Text(source.getKey(), source.getValue()))
                .toList();
        List<String> options =
                List.of("--release", "17", "-proc:none", "-classpath", classPath, "-d", folder.toString());
        if (!files.isEmpty()
                && !ToolProvider.getSystemJavaCompiler()
                        .getTask(null, null, null, options, null, files)
                        .call()) {
            throw new AssertionError("the plugin of a test does not compile");
        }
        Map<String, byte[]> classes = new LinkedHashMap<>();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.filter(Files::isRegularFile).sorted().toList()) {
                String name = folder.relativize(file).toString().replace(File.separatorChar, '/');
                if (left.stream().noneMatch(name::startsWith)) {
                    classes.put(name, Files.readAllBytes(file));
                }
                Files.delete(file);
            }
        }
        return classes;
    }

    Path write(Path file) throws IOException {
        return write(file, classes());
    }

    Path write(Path file, Map<String, byte[]> classes) throws IOException {
        Files.createDirectories(file.getParent());
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            Map<String, byte[]> all = new LinkedHashMap<>(entries);
            all.putAll(classes);
            for (Map.Entry<String, byte[]> entry : all.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
                zip.closeEntry();
            }
        }
        return file;
    }

    private static final class Text extends SimpleJavaFileObject {
        private final String text;

        Text(String type, String text) {
            super(URI.create("string:///" + type.replace('.', '/') + Kind.SOURCE.extension), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }
}
