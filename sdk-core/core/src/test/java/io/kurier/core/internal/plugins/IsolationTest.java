// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.plugins;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.kurier.core.internal.config.PluginPath;
import io.kurier.spi.EncodedRecord;
import io.kurier.spi.GuardSettings;
import io.kurier.spi.LoadAwarePartitioner;
import io.kurier.spi.PartitionLoads;
import io.kurier.spi.PartitionerSettings;
import io.kurier.spi.RecordPartitioner;
import io.kurier.spi.SequenceSerializer;
import io.kurier.spi.SerializerSettings;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Serializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A plugin of a folder has its own libraries, whatever the application has and whichever thread asks. */
class IsolationTest {
    private static final AbstractConfig NO_KEYS = new AbstractConfig(new ConfigDef(), Map.of());
    private static final String CONTEXT = "Thread.currentThread().getContextClassLoader().getName()";

    @TempDir
    private Path folder;

    @Test
    void twoPluginsHaveTwoVersionsOfALibraryAndTheApplicationAThird() throws IOException {
        Path plugins = folder.resolve("plugins");
        for (String which : List.of("older", "newer")) {
            Path jackson = Path.of("target/jackson", which);
            try (Stream<Path> jars = Files.list(jackson)) {
                for (Path jar : jars.toList()) {
                    Files.createDirectories(plugins.resolve(which));
                    Files.copy(jar, plugins.resolve(which).resolve(jar.getFileName()));
                }
            }
            JarMaker.serializer("Jackson", which, "new com.fasterxml.jackson.databind.ObjectMapper().version()")
                    .write(plugins.resolve(which).resolve("plugin.jar"));
        }
        try (PluginCatalog catalog = discover(plugins)) {
            assertThat(answer(catalog, "older")).isEqualTo(System.getProperty("jackson.older.version"));
            assertThat(answer(catalog, "newer")).isEqualTo(System.getProperty("jackson.newer.version"));
        }
        assertThat(versionOfTheApplication())
                .isNotIn(System.getProperty("jackson.older.version"), System.getProperty("jackson.newer.version"));
    }

    private static String versionOfTheApplication() {
        try {
            Object mapper = Class.forName("com.fasterxml.jackson.databind.ObjectMapper")
                    .getConstructor()
                    .newInstance();
            return mapper.getClass().getMethod("version").invoke(mapper).toString();
        } catch (ReflectiveOperationException e) {
            throw new AssertionError("the broker on the class path of the tests brings Jackson", e);
        }
    }

    @Test
    void itsCodeRunsWithItsOwnLoaderAndTheCallersIsGivenBack() throws IOException {
        everyKind().write(folder.resolve("all.jar"));
        ClassLoader before = new ClassLoader() {};
        Thread.currentThread().setContextClassLoader(before);
        try (PluginCatalog catalog = discover(folder)) {
            EncodedRecord record = new EncodedRecord("orders", null, null, new RecordHeaders());
            RecordPartitioner partitioner = catalog.partitioner("checks")
                    .partitioner(new PartitionerSettings("checks", "orders", "orders", NO_KEYS));
            assertThat(partitioner.partition(record, 1)).isZero();
            assertThat(((LoadAwarePartitioner) partitioner).partition(record, PartitionLoads.none(1)))
                    .isZero();
            assertThat(catalog.guard("checks")
                            .guard(new GuardSettings("checks", "orders", "orders", NO_KEYS))
                            .guard(record))
                    .isSameAs(record);
            assertThat(catalog.serializer("checks").configDef()).isNotNull();
            Serializer<?> made = catalog.serializer("checks").serializer(settings());
            assertThat(made).isInstanceOf(SequenceSerializer.class);
            @SuppressWarnings("unchecked") // the plugin below takes texts
            SequenceSerializer<String> serializer = (SequenceSerializer<String>) made;
            serializer.serialize("orders", "x");
            serializer.serialize("orders", new RecordHeaders(), "x");
            try (var records = serializer.sequence("orders", new RecordHeaders(), "x")) {
                assertThat(records.next(new RecordHeaders())).isNull();
            }
            assertThatThrownBy(() -> serializer.serialize("orders", "fail")).hasMessage("asked to");
            serializer.close();
            assertThat(Thread.currentThread().getContextClassLoader()).isSameAs(before);
        } finally {
            Thread.currentThread().setContextClassLoader(IsolationTest.class.getClassLoader());
        }
    }

    /** Plugins whose every method fails unless the thread's loader is theirs. */
    private static JarMaker everyKind() {
        String check = "Checks.loader();";
        String kafka = "org.apache.kafka.common.";
        String name = "public String name() { " + check + " return \"checks\"; }";
        return JarMaker.jar()
                .source(
                        "Checks",
                        "class Checks { static void loader() { if (Thread.currentThread().getContextClassLoader() !="
                                + " Checks.class.getClassLoader()) throw new AssertionError(\"another loader\"); } }")
                .source(
                        "P",
                        "public class P implements io.kurier.spi.PartitionerPlugin { public P() {" + check + "} " + name
                                + " public io.kurier.spi.RecordPartitioner partitioner("
                                + "io.kurier.spi.PartitionerSettings c) {" + check
                                + " return (io.kurier.spi.LoadAwarePartitioner) (r, loads) -> {" + check
                                + " return 0; }; } }")
                .provides("io.kurier.spi.PartitionerPlugin", "com.example.P")
                .source(
                        "G",
                        "public class G implements io.kurier.spi.GuardPlugin { " + name
                                + " public io.kurier.spi.Guard guard("
                                + "io.kurier.spi.GuardSettings c) {" + check
                                + " return r -> {" + check + " return r; }; } }")
                .provides("io.kurier.spi.GuardPlugin", "com.example.G")
                .source(
                        "S",
                        "public class S implements io.kurier.spi.SerializerPlugin { " + name + " public " + kafka
                                + "config.ConfigDef configDef() {" + check + " return new " + kafka
                                + "config.ConfigDef(); } public " + kafka
                                + "serialization.Serializer<?> serializer(io.kurier.spi.SerializerSettings s) {" + check
                                + " return new Sequences(); } }")
                .source(
                        "Sequences",
                        "class Sequences implements io.kurier.spi.SequenceSerializer<String> {"
                                + " public byte[] serialize(String t, String d) {" + check
                                + " if (d.equals(\"fail\")) throw new IllegalStateException(\"asked to\"); return null; }"
                                + " public io.kurier.spi.RecordSequence sequence(String t, " + kafka
                                + "header.Headers h, String d) {" + check
                                + " return new io.kurier.spi.RecordSequence() { public byte[] next(" + kafka
                                + "header.Headers o) {" + check + " return null; } public void close() {" + check
                                + "} }; } public void close() {" + check + "} }")
                .provides("io.kurier.spi.SerializerPlugin", "com.example.S");
    }

    @Test
    void whatARouteLooksForInASerializerIsSeenThroughWhatStandsBeforeIt() throws IOException {
        JarMaker.serializer("Plain", "plain", CONTEXT).write(folder.resolve("plain.jar"));
        try (PluginCatalog catalog = discover(folder)) {
            Serializer<?> plain = catalog.serializer("plain").serializer(settings());
            assertThat(HeaderAwareness.in(plain)).isFalse();
            assertThat(plain).isNotInstanceOf(SequenceSerializer.class);
        }
        try (PluginClassLoader loader =
                new PluginClassLoader("none", List.of(), getClass().getClassLoader())) {
            assertThat(HeaderAwareness.in(IsolatedSerializer.of(new Labelled(), loader)))
                    .isTrue();
        }
    }

    private static final class Labelled implements Serializer<String> {
        @Override
        public byte[] serialize(String topic, String text) {
            return text.getBytes(UTF_8);
        }

        @Override
        public byte[] serialize(String topic, Headers headers, String text) {
            return serialize(topic, text);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"common pool", "platform loader", "virtual"})
    void worksWhicheverThreadAsks(String kind) throws Exception {
        JarMaker.serializer("Context", "context", CONTEXT).write(folder.resolve("plugins/context.jar"));
        CompletableFuture<String> answer = new CompletableFuture<>();
        Runnable ask = () -> {
            try (PluginCatalog catalog = discover(folder.resolve("plugins"))) {
                answer.complete(answer(catalog, "context"));
            } catch (Throwable e) {
                answer.completeExceptionally(e);
            }
        };
        switch (kind) {
            case "common pool" -> CompletableFuture.runAsync(ask).join();
            case "virtual" -> virtual(ask).join();
            default -> {
                Thread thread = new Thread(ask);
                thread.setContextClassLoader(ClassLoader.getPlatformClassLoader());
                thread.start();
            }
        }
        assertThat(answer.join()).isEqualTo("plugins/context.jar");
    }

    /** By reflection: they came with JDK 21, and the tests compile for 17. */
    private static Thread virtual(Runnable work) throws ReflectiveOperationException {
        int jdk = Runtime.version().feature();
        if (jdk < 21) {
            System.out.println("skipped: JDK " + jdk + " has no virtual threads; they came with 21");
        }
        assumeTrue(jdk >= 21, "virtual threads");
        return (Thread)
                Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null, work);
    }

    @Test
    void anotherLoaderOfTheSameJarCanBeClosed() throws IOException {
        Path jar = JarMaker.jar().entry("table.txt", "42").write(folder.resolve("table.jar"));
        try (PluginClassLoader one =
                new PluginClassLoader("one", List.of(jar), getClass().getClassLoader())) {
            InputStream open = Objects.requireNonNull(one.getResourceAsStream("table.txt"));
            PluginClassLoader other =
                    new PluginClassLoader("other", List.of(jar), getClass().getClassLoader());
            assertThat(Objects.requireNonNull(other.getResourceAsStream("table.txt"))
                            .readAllBytes())
                    .hasSize(2);
            other.close();
            assertThat(open.readAllBytes()).isEqualTo("42".getBytes(UTF_8));
            open.close();
        }
        Path descriptors = Path.of("/proc/self/fd");
        assumeTrue(Files.exists(descriptors), "only Linux tells which files are open");
        try (Stream<Path> open = Files.list(descriptors)) {
            assertThat(open.map(IsolationTest::target)).noneMatch(target -> target.contains("table.jar"));
        }
    }

    private static String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException e) {
            return "closed meanwhile";
        }
    }

    @Test
    void theApplicationsProvidersOfAServiceAreOnlySeenForItsOwnInterfaces() throws IOException {
        Path parentJar = JarMaker.jar()
                .provides("com.example.Format", "com.example.OfParent")
                .provides("com.example.Else", "com.example.OfParent")
                .provides("io.kurier.spi.GuardPlugin", "com.example.OfParent")
                .entry("both.txt", "")
                .write(folder.resolve("parent.jar"));
        Path own = JarMaker.jar()
                .source("Format", "public interface Format {}")
                .provides("com.example.Format", "com.example.Own")
                .provides("com.example.Else", "com.example.Own")
                .entry("both.txt", "")
                .write(folder.resolve("own.jar"));
        try (URLClassLoader parent = new URLClassLoader(new URL[] {PluginClassLoader.url(parentJar)}, null);
                PluginClassLoader loader = new PluginClassLoader("own", List.of(own), parent)) {
            assertThat(jars(loader, "META-INF/services/com.example.Format")).containsExactly("own.jar");
            assertThat(jars(loader, "META-INF/services/com.example.Else")).containsExactly("own.jar", "parent.jar");
            assertThat(jars(loader, "META-INF/services/io.kurier.spi.GuardPlugin"))
                    .isEmpty();
            assertThat(jars(loader, "both.txt")).containsExactly("own.jar", "parent.jar");
            assertThat(loader.getResource("META-INF/services/io.kurier.spi.GuardPlugin"))
                    .isNull();
        }
    }

    private static List<String> jars(ClassLoader loader, String resource) throws IOException {
        return Collections.list(loader.getResources(resource)).stream()
                .map(url -> url.toString().replaceAll(".*/([a-z]+\\.jar)!.*", "$1"))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "java.lang.String",
                "javax.crypto.Cipher",
                "org.slf4j.Logger",
                "org.apache.kafka.common.serialization.Serializer",
                "org.apache.kafka.connect.transforms.Transformation",
                "org.apache.kafka.connect.transforms.predicates.Predicate",
                "org.apache.kafka.common.config.provider.ConfigProvider",
                "io.kurier.Topic",
                "io.kurier.Publisher$Any",
                "io.kurier.spi.Plugin",
                "org.w3c.dom.Node"
            })
    void sharesWhatBothSpeakOf(String type) {
        assertThat(ParentFirstClasses.isShared(type)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "javassist.ClassPool",
                "org.apache.kafka.connect.transforms.InsertField$Value",
                "org.apache.kafka.connect.json.JsonConverter",
                "org.apache.kafka.connect.file.FileStreamSourceConnector",
                "org.apache.kafka.connect.storage.StringConverter",
                "org.apache.kafka.common.config.provider.FileConfigProvider",
                "io.kurier.core.Kurier",
                "io.kurier.serializers.json.JsonPlugin",
                "io.kurierdienst.Plugin",
                "com.fasterxml.jackson.databind.ObjectMapper"
            })
    void leavesAllElseToThePlugin(String type) {
        assertThat(ParentFirstClasses.isShared(type)).isFalse();
    }

    private static String answer(PluginCatalog catalog, String name) {
        @SuppressWarnings("unchecked") // these serializers take anything
        Serializer<Object> serializer =
                (Serializer<Object>) catalog.serializer(name).serializer(settings());
        return new String(serializer.serialize("orders", "x"), UTF_8);
    }

    private static SerializerSettings settings() {
        return new SerializerSettings("any", "orders", "orders", false, Object.class, NO_KEYS);
    }

    private static PluginCatalog discover(Path folder) {
        try {
            return PluginCatalog.discover(BoundPlugins.NONE, new PluginPath(List.of(folder.toRealPath()), true));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
