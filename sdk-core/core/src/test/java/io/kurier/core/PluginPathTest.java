// SPDX-License-Identifier: Apache-2.0
package io.kurier.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.kurier.Publisher;
import io.kurier.StartException;
import io.kurier.core.config.ResolvedKey;
import io.kurier.core.internal.plugins.ClosingPlugin;
import io.kurier.core.transport.Transport;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a publisher does with its folders of plugins, from the start to the close. */
class PluginPathTest {
    private static final String CLOSED = "kurier.test.plugin.closed";
    private static final String HERE = PluginPathTest.class.getClassLoader().getName();

    @TempDir
    private Path folder;

    @AfterEach
    void forget() {
        System.clearProperty(CLOSED);
    }

    @Test
    void aClassThatIsFirstNeededDuringTheCloseStillLoadsAndThenTheJarIsClosed() throws IOException {
        Path jar = ClosingPlugin.write(folder.resolve("closing.jar"), CLOSED);
        Publisher publisher = with("closing").transport(config -> nothing()).start();
        assertThat(openFiles()).anyMatch(file -> file.endsWith("closing.jar"));

        publisher.close();
        publisher.close();

        assertThat(System.getProperty(CLOSED)).isEqualTo("1 time, with the loader closing.jar");
        assertThat(openFiles()).noneMatch(file -> file.endsWith("closing.jar"));
        assertThat(Thread.currentThread().getContextClassLoader().getName()).isEqualTo(HERE);
        assertThat(jar).exists();
    }

    @Test
    void aStartThatFailsClosesTheJars() throws IOException {
        ClosingPlugin.write(folder.resolve("closing.jar"), CLOSED);
        assertThatThrownBy(() -> with("nothing-like-it").start()).isInstanceOf(StartException.class);
        assertThat(openFiles()).noneMatch(file -> file.endsWith("closing.jar"));

        assertThatThrownBy(() -> with("closing")
                        .transport(config -> {
                            throw new StartException("no way", null);
                        })
                        .start())
                .hasMessageContaining("no way");
        assertThat(openFiles()).noneMatch(file -> file.endsWith("closing.jar"));
        assertThat(System.getProperty(CLOSED)).isNotNull();
    }

    @Test
    void aCheckShowsTheJarAndClosesIt() throws IOException {
        ClosingPlugin.write(folder.resolve("closing.jar"), CLOSED);
        assertThat(with("closing").check())
                .filteredOn(key -> key.key().equals("topics.orders.value.serializer"))
                .extracting(ResolvedKey::plugin)
                .containsExactly(folder.getFileName() + "/closing.jar");
        assertThat(openFiles()).noneMatch(file -> file.endsWith("closing.jar"));
    }

    private KurierBuilder with(String serializer) {
        return Kurier.builder()
                .set("bootstrap.servers", "127.0.0.1:1")
                .set("plugin.path", folder.toString())
                .set("topics", "orders")
                .set("topics.orders.value.serializer", serializer);
    }

    /** A way to nowhere. */
    private static Transport nothing() {
        return (Transport) Proxy.newProxyInstance(
                Transport.class.getClassLoader(), new Class<?>[] {Transport.class}, (proxy, method, arguments) -> null);
    }

    /** As Linux tells, and no other system does. */
    private static List<String> openFiles() throws IOException {
        assumeTrue(Files.exists(Path.of("/proc/self/fd")), "only Linux tells which files are open");
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            return open.map(PluginPathTest::target).toList();
        }
    }

    private static String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException e) {
            return "closed meanwhile";
        }
    }
}
