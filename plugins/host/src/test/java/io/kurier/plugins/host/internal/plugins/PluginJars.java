// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host.internal.plugins;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
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

/** Writes the jars of these tests' plugins from sources. */
final class PluginJars {
    static final String CONNECTOR = "org.apache.kafka.connect.source.SourceConnector";

    private final Map<String, String> sources = new LinkedHashMap<>();
    private final Map<String, byte[]> entries = new LinkedHashMap<>();
    private final List<Path> against = new ArrayList<>();

    /** An empty jar. */
    static PluginJars jar() {
        return new PluginJars().entry("META-INF/MANIFEST.MF", "Manifest-Version: 1.0\n");
    }

    /** A jar with a connector of the package {@code com.example}, whose task answers a record with a text. */
    static PluginJars connector(String type, String answer) {
        return connectorWithoutServices(type, answer).provides(CONNECTOR, "com.example." + type);
    }

    /** The same without a services file, as jars for Connect before 3.6 are. */
    static PluginJars connectorWithoutServices(String type, String answer) {
        return jar().source("com.example." + type, """
                package com.example;
                import java.util.*;
                import org.apache.kafka.common.config.ConfigDef;
                import org.apache.kafka.connect.data.Schema;
                import org.apache.kafka.connect.source.*;
                public class TYPE extends SourceConnector {
                    public void start(Map<String, String> props) {}
                    public void stop() {}
                    public Class<? extends org.apache.kafka.connect.connector.Task> taskClass() { return Reads.class; }
                    public List<Map<String, String>> taskConfigs(int most) { return List.of(Map.of()); }
                    public ConfigDef config() {
                        String loader = Thread.currentThread().getContextClassLoader().getName();
                        return new ConfigDef().define("loader", ConfigDef.Type.STRING, loader, null,
                                ConfigDef.Importance.LOW, "The thread's loader.");
                    }
                    public String version() { return "7"; }
                    public static class Reads extends SourceTask {
                        public String version() { return "7"; }
                        public void start(Map<String, String> props) {}
                        public void stop() {}
                        public List<SourceRecord> poll() {
                            return List.of(new SourceRecord(Map.of(), Map.of(), "t", Schema.STRING_SCHEMA, "" + ANSWER));
                        }
                    }
                }
                """.replace("TYPE", type).replace("ANSWER", answer));
    }

    /** Gives the connector another version than 7. */
    PluginJars version(String version) {
        sources.replaceAll((type, text) -> text.replace("\"7\"", "\"" + version + "\""));
        return this;
    }

    PluginJars source(String type, String text) {
        sources.put(type, text);
        return this;
    }

    PluginJars provides(String service, String... types) {
        return entry("META-INF/services/" + service, String.join("\n", types) + "\n");
    }

    PluginJars entry(String name, String text) {
        entries.put(name, text.getBytes(UTF_8));
        return this;
    }

    /** Adds the classes of another jar for newer versions of Java. */
    PluginJars release(PluginJars newer) throws IOException {
        entry("META-INF/MANIFEST.MF", "Manifest-Version: 1.0\nMulti-Release: true\n");
        newer.classes().forEach((name, bytes) -> entries.put("META-INF/versions/17/" + name, bytes));
        return this;
    }

    /** Compiles against other jars, which are before those of the class path. */
    PluginJars against(Path jar) {
        against.add(jar);
        return this;
    }

    Path write(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        Map<String, byte[]> all = new LinkedHashMap<>(entries);
        all.putAll(classes());
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (Map.Entry<String, byte[]> entry : all.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
                zip.closeEntry();
            }
        }
        return file;
    }

    private Map<String, byte[]> classes() throws IOException {
        Map<String, byte[]> classes = new LinkedHashMap<>();
        if (sources.isEmpty()) {
            return classes;
        }
        Path folder = Files.createTempDirectory("kurier-classes");
        String classPath = Stream.concat(
                        against.stream().map(Path::toString), Stream.of(System.getProperty("java.class.path")))
                .collect(Collectors.joining(File.pathSeparator));
        List<String> options =
                List.of("--release", "17", "-proc:none", "-classpath", classPath, "-d", folder.toString());
        List<JavaFileObject> files = sources.entrySet().stream()
                .<JavaFileObject>map(source -> new Text(source.getKey(), source.getValue()))
                .toList();
        if (!ToolProvider.getSystemJavaCompiler()
                .getTask(null, null, null, options, null, files)
                .call()) {
            throw new AssertionError("the plugin of a test does not compile");
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.filter(Files::isRegularFile).sorted().toList()) {
                classes.put(
                        folder.relativize(file).toString().replace(File.separatorChar, '/'), Files.readAllBytes(file));
                Files.delete(file);
            }
        }
        return classes;
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
