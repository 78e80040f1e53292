// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host.internal.plugins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kurier.StartException;
import io.kurier.core.internal.plugins.PluginFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.source.SourceConnector;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.storage.Converter;
import org.apache.kafka.connect.storage.HeaderConverter;
import org.apache.kafka.connect.transforms.Transformation;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Where plugins are found, by which names, and with which class loader they run. */
@Timeout(60)
class ConnectPluginsTest {
    private static final String TRANSFORMATION = "org.apache.kafka.connect.transforms.Transformation";

    @TempDir
    private Path folder;

    private Path plugins;

    @BeforeEach
    void createTheFolder() throws IOException {
        plugins = Files.createDirectory(folder.resolve("plugins"));
    }

    private ConnectPlugins discover() {
        return ConnectPlugins.discover(plugins.toString());
    }

    private static Object value(ConnectPlugins found, SourceConnector connector) throws InterruptedException {
        List<SourceRecord> records = Running.firstRecords(found, connector, Map.of());
        return records.get(0).value();
    }

    /** A transformation with two nested classes, which answer the name of their loader. */
    private static PluginJars transformation() {
        return PluginJars.jar()
                .source("com.example.Mark", """
                        package com.example;
                        import java.util.Map;
                        import org.apache.kafka.common.config.ConfigDef;
                        import org.apache.kafka.connect.connector.ConnectRecord;
                        public abstract class Mark<R extends ConnectRecord<R>>
                                implements org.apache.kafka.connect.transforms.Transformation<R> {
                            public R apply(R record) { return record; }
                            public ConfigDef config() { return new ConfigDef(); }
                            public void configure(Map<String, ?> configs) {}
                            public void close() {}
                            public static class Key<R extends ConnectRecord<R>> extends Mark<R> {}
                            public static class Value<R extends ConnectRecord<R>> extends Mark<R> {}
                        }
                        """)
                .provides(TRANSFORMATION, "com.example.Mark$Key", "com.example.Mark$Value");
    }

    @Test
    void findsConnectorsInFoldersAndJarsBesideThoseOfTheClassPath() throws Exception {
        PluginJars.connector("Flat", "1").write(plugins.resolve("flat.jar"));
        PluginJars.connector("InFolder", "2").write(plugins.resolve("one/a.jar"));
        PluginJars.connector("FurtherDown", "3").write(plugins.resolve("two/lib/b.jar"));
        try (ConnectPlugins found = discover()) {
            assertThat(found.broken()).noneMatch(fault -> fault.origin().startsWith("plugins/"));
            assertThat(found.connectors().stream()
                            .filter(connector -> connector.getClass().getName().startsWith("com.example."))
                            .map(connector ->
                                    connector.getClass().getSimpleName() + " in " + found.origin(connector.getClass())))
                    .containsExactly(
                            "Flat in plugins/flat.jar",
                            "InFolder in plugins/one/a.jar",
                            "FurtherDown in plugins/two/lib/b.jar");
            assertThat(found.connectors())
                    .anyMatch(connector -> connector.getClass().getName().endsWith(".TextSourceConnector"));
        }
    }

    @Test
    void takesAConnectorByItsFullNameItsSimpleNameAndWithoutTheWordConnector() throws Exception {
        PluginJars.connector("ShopConnector", "1").write(plugins.resolve("shop/shop.jar"));
        try (ConnectPlugins found = discover()) {
            for (String name : List.of("com.example.ShopConnector", "ShopConnector", "Shop")) {
                assertThat(found.create("shop", name).getClass().getName()).isEqualTo("com.example.ShopConnector");
            }
        }
    }

    @Test
    void takesAConnectorWithoutAServicesFileByItsFullNameOnly() throws Exception {
        PluginJars.connectorWithoutServices("Old", "1").write(plugins.resolve("old/old.jar"));
        try (ConnectPlugins found = discover()) {
            assertThat(found.connectors())
                    .noneMatch(connector -> connector.getClass().getName().equals("com.example.Old"));
            assertThat(found.create("old", "com.example.Old").version()).isEqualTo("7");
            assertThatThrownBy(() -> found.create("old", "Old"))
                    .isInstanceOf(StartException.class)
                    .hasMessageStartingWith("connector old, connector.class: no source connector is named \"Old\".")
                    .hasMessageEndingWith("Add the connector's jar to the class path, or its folder to plugin.path.");
        }
    }

    @Test
    void eachFolderHasItsOwnLibraries() throws Exception {
        for (String version : List.of("one", "two")) {
            PluginJars.connector("C" + version, "com.example.lib.Library.version()")
                    .source("com.example.lib.Library", library(version))
                    .write(plugins.resolve(version + "/c.jar"));
        }
        try (ConnectPlugins found = discover()) {
            assertThat(value(found, found.create("x", "Cone"))).isEqualTo("one");
            assertThat(value(found, found.create("x", "Ctwo"))).isEqualTo("two");
        }
    }

    @Test
    void theThreadsLoaderIsThatOfThePluginOnlyInsideTheScope() throws Exception {
        PluginJars.connector("Shop", "Thread.currentThread().getContextClassLoader().getName()")
                .write(plugins.resolve("shop/shop.jar"));
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        try (ConnectPlugins found = discover()) {
            SourceConnector connector = found.create("shop", "Shop");
            assertThat(value(found, connector)).isEqualTo("plugins/shop");
            assertThat(Thread.currentThread().getContextClassLoader()).isSameAs(before);
            try (ConnectPlugins.Scope outer = found.enter(connector);
                    ConnectPlugins.Scope inner = found.enter(connector)) {
                assertThat(Thread.currentThread().getContextClassLoader())
                        .isSameAs(connector.getClass().getClassLoader());
                assertThat(outer).isNotSameAs(inner);
            }
            assertThat(Thread.currentThread().getContextClassLoader()).isSameAs(before);
            assertThat(found.enter("of the JDK"))
                    .isSameAs(found.enter(new ConnectPluginsTest()))
                    .isSameAs(ConnectPlugins.Scope.NONE);
        }
    }

    @Test
    void aClassInTwoFoldersIsAnErrorOnlyWhenItsNameIsUsed() throws Exception {
        PluginJars.connector("Twin", "1").write(plugins.resolve("a/twin-1.jar"));
        PluginJars.connector("Twin", "2").write(plugins.resolve("b/twin-2.jar"));
        PluginJars.connector("Other", "3").write(plugins.resolve("c/other.jar"));
        try (ConnectPlugins found = discover()) {
            assertThat(value(found, found.create("x", "Other"))).isEqualTo("3");
            for (String name : List.of("com.example.Twin", "Twin")) {
                assertThatThrownBy(() -> found.create("x", name))
                        .hasMessage("connector x, connector.class: \"" + name + "\" is in plugins/a/twin-1.jar and in"
                                + " plugins/b/twin-2.jar. Remove all but one of them, or choose by connector.plugin.version if"
                                + " their versions differ.");
            }
        }
    }

    @Test
    void aVersionChoosesBetweenTwoFoldersWithTheSameClass() throws Exception {
        PluginJars.connector("Twin", "1").write(plugins.resolve("a/twin-1.jar"));
        PluginJars.connector("Twin", "2").version("8").write(plugins.resolve("b/twin-2.jar"));
        try (ConnectPlugins found = discover()) {
            assertThat(value(found, found.create("x", "Twin", "7"))).isEqualTo("1");
            assertThat(value(found, found.create("x", "com.example.Twin", "8"))).isEqualTo("2");
            assertThatThrownBy(() -> found.create("x", "Twin", "9"))
                    .hasMessage("connector x, connector.plugin.version: \"9\" is not there. Found: 7 in"
                            + " plugins/a/twin-1.jar, 8 in plugins/b/twin-2.jar. Write one of them.");
            assertThatThrownBy(() -> found.create("x", "Twin", "[7,9)"))
                    .hasMessage("connector x, connector.plugin.version: \"[7,9)\" is a range of versions. Write one"
                            + " version.");
            assertThatThrownBy(() -> found.create("x", "Twin", "latest"))
                    .hasMessageContaining("Remove all but one of them");
        }
    }

    @Test
    void aConverterOfTheConnectorsFolderComesBeforeThatOfTheClassPath() throws Exception {
        // the class path has one of this name too
        String converter = "org.apache.kafka.connect.storage.StringConverter";
        PluginJars.connector("Shop", "1")
                .source(
                        converter,
                        "package org.apache.kafka.connect.storage;\n"
                                + "public class StringConverter extends SimpleHeaderConverter implements Converter {\n"
                                + "  public void configure(java.util.Map<String, ?> configs, boolean isKey) {}\n"
                                + "  public byte[] fromConnectData(String t, org.apache.kafka.connect.data.Schema s, Object v)"
                                + " { return null; }\n"
                                + "  public org.apache.kafka.connect.data.SchemaAndValue toConnectData(String t, byte[] v)"
                                + " { return null; } }")
                .write(plugins.resolve("shop/shop.jar"));
        PluginJars.connector("Other", "1").write(plugins.resolve("other/other.jar"));
        try (ConnectPlugins found = discover()) {
            Converter own = found.create("w", Converter.class, converter, found.create("x", "Shop"));
            Converter others = found.create("w", Converter.class, converter, found.create("x", "Other"));
            Converter nobodys = found.create("w", Converter.class, converter);
            assertThat(found.origin(own.getClass())).isEqualTo("plugins/shop/shop.jar");
            assertThat(others.getClass()).isSameAs(org.apache.kafka.connect.storage.StringConverter.class);
            assertThat(nobodys.getClass()).isSameAs(org.apache.kafka.connect.storage.StringConverter.class);
        }
    }

    @Test
    void takesATransformationOfAnotherFolderByTheNamesThatAWorkerKnows() throws Exception {
        PluginJars.connector("Shop", "1").write(plugins.resolve("shop/shop.jar"));
        transformation().write(plugins.resolve("mark/mark.jar"));
        try (ConnectPlugins found = discover()) {
            SourceConnector connector = found.create("x", "Shop");
            for (String name : List.of("com.example.Mark$Value", "Mark$Value")) {
                assertThat(found.create("w", Transformation.class, name, connector)
                                .getClass()
                                .getName())
                        .isEqualTo("com.example.Mark$Value");
            }
            assertThatThrownBy(() ->
                            found.create("connector x, transforms.m.type", Transformation.class, "com.example.Mark"))
                    .hasMessageStartingWith("connector x, transforms.m.type: no transformation is named"
                            + " \"com.example.Mark\". com.example.Mark is abstract. Write com.example.Mark$Key or"
                            + " com.example.Mark$Value.");
        }
    }

    @Test
    void takesConvertersByTheirSimpleNamesWithAndWithoutTheKind() {
        try (ConnectPlugins found = discover()) {
            assertThat(found.create("w", Converter.class, "String").getClass().getSimpleName())
                    .isEqualTo("StringConverter");
            assertThat(found.create("w", HeaderConverter.class, "Simple")
                            .getClass()
                            .getSimpleName())
                    .isEqualTo("SimpleHeaderConverter");
            assertThatThrownBy(() -> found.create("w", HeaderConverter.class, "StringConvertor"))
                    .hasMessageStartingWith("w: no header converter is named \"StringConvertor\".");
            assertThatThrownBy(() -> found.create("w", Converter.class, "java.lang.String"))
                    .hasMessageStartingWith("w: no converter is named \"java.lang.String\"."
                            + " java.lang.String in unknown is no converter.");
        }
    }

    @Test
    void aNameThatIsNoClassNameIsNotFound() {
        try (ConnectPlugins found = discover()) {
            for (String name : List.of("", " ", "a/b", "[Ljava.lang.String;", "../x", "com.example.", "a\nb")) {
                assertThatThrownBy(() -> found.create("x", name))
                        .isInstanceOf(StartException.class)
                        .hasMessageContaining("no source connector is named");
            }
        }
    }

    @Test
    void tellsOfAConnectorWhoseLibraryIsMissing() throws Exception {
        Path whole = PluginJars.connector("Needy", "1")
                .source("com.example.Base", "package com.example; public class Base { public Object it = new Part(); }")
                .source("com.example.Part", "package com.example; public class Part {}")
                .write(folder.resolve("whole.jar"));
        PluginJars.connector("Needs", "new Base().it").against(whole).write(plugins.resolve("needs/needs.jar"));
        try (ConnectPlugins found = discover()) {
            SourceConnector connector = found.create("x", "Needs");
            assertThatThrownBy(() -> value(found, connector))
                    .isInstanceOf(NoClassDefFoundError.class)
                    .satisfies(thrown -> assertThat(found.conflict(connector, thrown))
                            .hasValue(
                                    "com.example.Base is neither in plugins/needs nor in the application. Put the jar that"
                                            + " has it beside the plugin's, in one folder."));
        }
    }

    @Test
    void aJarThatIsNoneIsReportedAndHidesNoOther() throws Exception {
        PluginJars.connector("Shop", "1").write(plugins.resolve("shop/shop.jar"));
        Files.writeString(plugins.resolve("shop/broken.jar"), "no jar");
        PluginJars.jar().provides(PluginJars.CONNECTOR, "com.example.NotThere").write(plugins.resolve("none.jar"));
        try (ConnectPlugins found = discover()) {
            assertThat(found.create("x", "Shop")).isNotNull();
            assertThat(found.broken())
                    .extracting(PluginFault::origin)
                    .contains("plugins/shop/broken.jar", "plugins/none.jar");
        }
    }

    @Test
    void aTransformationThatCannotBeLoadedIsReportedWhenItsNameIsUsed() throws Exception {
        PluginJars.jar().provides(TRANSFORMATION, "com.example.NotThere").write(plugins.resolve("none.jar"));
        try (ConnectPlugins found = discover()) {
            assertThatThrownBy(() -> found.create("w", Transformation.class, "NotThere"))
                    .hasMessageContaining("w: no transformation is named \"NotThere\".")
                    .hasMessageContaining("Could not be used: plugins/none.jar: META-INF/services/" + TRANSFORMATION
                            + " names com.example.NotThere, and there is no such class.");
        }
    }

    @Test
    void usesMultiReleaseAndSignedJars() throws Exception {
        PluginJars.connector("Shop", "com.example.lib.Library.version()")
                .source("com.example.lib.Library", library("old"))
                .release(PluginJars.jar().source("com.example.lib.Library", library("new")))
                .write(plugins.resolve("shop/shop.jar"));
        sign(plugins.resolve("shop/shop.jar"));
        try (ConnectPlugins found = discover()) {
            SourceConnector connector = found.create("x", "Shop");
            assertThat(value(found, connector)).isEqualTo("new");
            assertThat(connector
                            .getClass()
                            .getProtectionDomain()
                            .getCodeSource()
                            .getCodeSigners())
                    .hasSize(1);
        }
    }

    private static String library(String version) {
        return "package com.example.lib; public class Library { public static String version() { return \"" + version
                + "\"; } }";
    }

    private void sign(Path jar) throws Exception {
        String keys = folder.resolve("keys.p12").toString();
        String secret = "s3cret-of-a-test";
        run(
                "keytool",
                "-genkeypair",
                "-alias",
                "a",
                "-dname",
                "CN=a",
                "-keyalg",
                "EC",
                "-keystore",
                keys,
                "-storepass",
                secret);
        run("jarsigner", "-keystore", keys, "-storepass", secret, jar.toString(), "a");
    }

    private static void run(String tool, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", tool).toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(process.waitFor()).as(tool).isZero();
    }

    @Test
    void aFolderThatIsNotThereIsRefused() {
        assertThatThrownBy(() -> ConnectPlugins.discover("no-such-folder"))
                .isInstanceOf(StartException.class)
                .hasMessageStartingWith("plugin.path (code): \"no-such-folder\" is not there");
    }
}
