// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host.internal.plugins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.source.SourceConnector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The jar that does not fit is named, whatever error the JDK throws for it. */
@Timeout(60)
class JarConflictTest {
    @TempDir
    private Path folder;

    private Path plugins() {
        return folder.resolve("plugins");
    }

    private Path plugin() {
        return plugins().resolve("shop");
    }

    /** Runs a connector that uses a library of another version than that which it was compiled for. */
    private Optional<String> failure(String use, PluginJars compiledFor, PluginJars present) throws IOException {
        PluginJars.connector("Shop", use)
                .against(compiledFor.write(folder.resolve("compiled-for.jar")))
                .write(plugin().resolve("shop-1.jar"));
        present.write(plugin().resolve("library-2.jar"));
        return failure();
    }

    private Optional<String> failure() {
        try (ConnectPlugins plugins = ConnectPlugins.discover(plugins().toString())) {
            SourceConnector connector = plugins.create("x", "com.example.Shop");
            Throwable thrown = catchThrowable(() -> Running.firstRecords(plugins, connector, Map.of()));
            assertThat(thrown).isNotNull();
            return plugins.conflict(connector, new ConnectException("the task failed", thrown));
        }
    }

    private static PluginJars library(String body) {
        return PluginJars.jar().source("com.example.lib.Library", "package com.example.lib; " + body);
    }

    private static final String FITS = "public class Library { public static int size() { return 1; } public int n; }";

    @Test
    void namesTheLibraryWhoseMethodIsMissing() throws Exception {
        assertThat(failure(
                        "com.example.lib.Library.size()",
                        library(FITS),
                        library("public class Library { public static long size() { return 1; } }")))
                .hasValue(
                        "plugins/shop/library-2.jar holds com.example.lib.Library, which does not fit the classes that it"
                                + " meets. Replace plugins/shop/library-2.jar by a version that fits, or remove it if the"
                                + " application has its classes.");
    }

    @Test
    void namesTheLibraryThatHasBecomeAnInterface() throws Exception {
        assertThat(failure("new com.example.lib.Library().n", library(FITS), library("public interface Library {}")))
                .hasValueSatisfying(text -> assertThat(text).startsWith("plugins/shop/library-2.jar holds"));
    }

    @Test
    void namesBothJarsOfAClassThatIsInTwo() throws Exception {
        library("public class Library {}").write(plugin().resolve("library-1.jar"));
        assertThat(failure("com.example.lib.Library.size()", library(FITS), library(FITS)))
                .hasValue(
                        "com.example.lib.Library is in plugins/shop/library-1.jar and in plugins/shop/library-2.jar. Keep"
                                + " one of them.");
    }

    @Test
    void namesTheJarThatWasCompiledForAnotherKafka() throws Exception {
        PluginJars kafka = PluginJars.jar()
                .source(
                        "org.apache.kafka.common.TopicPartition",
                        "package org.apache.kafka.common; public class TopicPartition { public static int old() { return 1;"
                                + " } }");
        assertThat(failure("org.apache.kafka.common.TopicPartition.old()", kafka, kafka))
                .hasValueSatisfying(text -> assertThat(text)
                        .startsWith(
                                "plugins/shop/shop-1.jar was compiled for another version of"
                                        + " org.apache.kafka.common.TopicPartition than that of the application (kafka-clients-")
                        .endsWith("Replace plugins/shop/shop-1.jar by a version that fits."));
    }

    @Test
    void namesTheJarThatNeedsAClassThatKafkaHasNoMore() throws Exception {
        PluginJars kafka = PluginJars.jar()
                .source(
                        "org.apache.kafka.common.Old",
                        "package org.apache.kafka.common; public class Old { public static int old() { return 1; } }");
        assertThat(failure("org.apache.kafka.common.Old.old()", kafka, PluginJars.jar()))
                .hasValue("plugins/shop/shop-1.jar needs Kafka's class org.apache.kafka.common.Old, which neither the"
                        + " application nor plugins/shop has. Replace plugins/shop/shop-1.jar by a version for this version of"
                        + " Kafka, or put the jar that has the class beside it.");
    }

    /** The application's class; a jar of the plugin has one of the same name. */
    static final class Shared {}

    @Test
    void namesTheJarWithACopyOfAClassOfTheApplication() throws Exception {
        PluginJars copy = PluginJars.jar()
                .source(
                        getClass().getName(),
                        "package io.kurier.plugins.host.internal.plugins; public class JarConflictTest {"
                                + " public static class Shared {} }");
        String copied = getClass().getName() + ".Shared";
        System.getProperties().put(copied, new Shared());
        try {
            assertThat(failure("(" + copied + ") System.getProperties().get(\"" + copied + "\")", copy, copy))
                    .hasValueSatisfying(text -> assertThat(text)
                            .startsWith("plugins/shop/library-2.jar holds " + Shared.class.getName()
                                    + ", and so does the application (")
                            .endsWith("). Remove plugins/shop/library-2.jar, or replace it by a version that fits."));
        } finally {
            System.getProperties().remove(copied);
        }
    }

    @Test
    void saysNothingOfOtherErrors() throws Exception {
        assertThat(failure("(Integer) (Object) \"x\"", PluginJars.jar(), PluginJars.jar()))
                .isEmpty();
        try (ConnectPlugins plugins = ConnectPlugins.discover()) {
            assertThat(plugins.conflict(this, new NoSuchMethodError("'void a.B.c()'")))
                    .isEmpty();
        }
    }
}
