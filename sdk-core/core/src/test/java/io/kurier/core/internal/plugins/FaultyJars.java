// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.plugins;

import static io.kurier.core.internal.plugins.JarMaker.jar;
import static io.kurier.core.internal.plugins.JarMaker.serializer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;

/** A folder of plugins in which everything is that has been seen to go wrong, and a few sound ones between. */
final class FaultyJars {
    private static final String SERIALIZER = "io.kurier.spi.SerializerPlugin";

    private FaultyJars() {}

    static Path in(Path folder) throws IOException, InterruptedException {
        Path plugins = Files.createDirectories(folder.resolve("plugins"));
        serializer("Sound", "sound", "data").write(plugins.resolve("sound/sound.jar"));
        serializer("Alone", "alone", "data").write(plugins.resolve("alone.jar"));
        providersThatFail(plugins);
        jarsThatAreNone(plugins);
        links(folder, plugins);
        namesAndInterfaces(plugins);
        return plugins;
    }

    private static void providersThatFail(Path plugins) throws IOException {
        serializer("Throws", "throws", "data")
                .source(
                        "Throws",
                        "public class Throws extends Base { public Throws() { throw new IllegalStateException(\"no"
                                + " licence\"); } }")
                .source(
                        "Base",
                        "public abstract class Base implements io.kurier.spi.SerializerPlugin {\n"
                                + "  public String name() { return \"throws\"; }\n"
                                + "  public org.apache.kafka.common.serialization.Serializer<?> serializer("
                                + "io.kurier.spi.SerializerSettings settings) { return null; } }")
                .write(plugins.resolve("throwing-constructor.jar"));
        jar().provides(SERIALIZER, "com.example.NotThere").write(plugins.resolve("missing-class.jar"));
        serializer("Needs", "needs", "data + new Library().toString()")
                .source("Library", "class Library {}")
                .source("NeedsAtOnce", "public class NeedsAtOnce extends Needs { Library needed = new Library(); }")
                .provides(SERIALIZER, "com.example.NeedsAtOnce")
                .without("com.example.Library")
                .write(plugins.resolve("missing-dependency.jar"));
        jar().source("Other", "public class Other {}")
                .provides(SERIALIZER, "com.example.Other")
                .write(plugins.resolve("no-serializer.jar"));
        jar().provides(SERIALIZER, "two words").write(plugins.resolve("two-words.jar"));
        // a class of the tests' own class path, in a package that is not shared
        jar().provides(SERIALIZER, "io.kurier.core.testplugins.PlainText")
                .write(plugins.resolve("class-elsewhere.jar"));
        jar().write(plugins.resolve("names-nothing.jar"));
    }

    private static void jarsThatAreNone(Path plugins) throws IOException, InterruptedException {
        serializer("NoManifest", "no-manifest", "data")
                .withoutEntry("META-INF/MANIFEST.MF")
                .write(plugins.resolve("no-manifest.jar"));
        Files.writeString(plugins.resolve("not-a-zip.jar"), "not a jar\n");
        byte[] whole = Files.readAllBytes(plugins.resolve("alone.jar"));
        Files.write(plugins.resolve("cut-short.jar"), Arrays.copyOf(whole, 200));
        serializer("DotDot", "dot-dot", "data").entry("../../evil.txt", "").write(plugins.resolve("dot-dot.jar"));
        serializer("ClassPath", "class-path", "data")
                .entry("META-INF/MANIFEST.MF", "Manifest-Version: 1.0\nClass-Path: ../../lib.jar\n")
                .write(plugins.resolve("class-path.jar"));
        serializer("Index", "index", "data")
                .entry("META-INF/INDEX.LIST", "JarIndex-Version: 1.0\n\nindex.jar\ncom\n\n../../lib.jar\norg\n")
                .write(plugins.resolve("index.jar"));
        jar().entry("META-INF/MANIFEST.MF", "Manifest-Version: 1.0\nClass-Path: ../../../lib.jar\n")
                .write(plugins.resolve("inner/deeper/inner.jar"));
        serializer("Inner", "inner", "data")
                .entry("META-INF/MANIFEST.MF", "Manifest-Version: 1.0\nClass-Path: deeper/inner.jar\n")
                .write(plugins.resolve("inner/outer.jar"));
        serializer("Services", "services", "data")
                .entry("META-INF/services/com.example.Other", "#".repeat((1 << 20) + 1))
                .write(plugins.resolve("services.jar"));
        Files.createDirectories(plugins.resolve("empty"));
        Files.createDirectories(plugins.resolve("folder.jar"));
        Files.createDirectories(plugins.resolve("nested/folder.jar"));
        Files.writeString(plugins.resolve("README.md"), "passed over");
        if (new ProcessBuilder("mkfifo", plugins.resolve("pipe.jar").toString())
                        .start()
                        .waitFor()
                != 0) {
            throw new IOException("mkfifo failed");
        }
    }

    private static void links(Path folder, Path plugins) throws IOException {
        Path outside = serializer("Outside", "outside", "data").write(folder.resolve("outside/outside.jar"));
        Files.createSymbolicLink(plugins.resolve("link-out.jar"), outside);
        Files.createSymbolicLink(plugins.resolve("link-to-folder"), outside.getParent());
        Files.createSymbolicLink(plugins.resolve("dangling.jar"), plugins.resolve("gone.jar"));
        Files.createSymbolicLink(plugins.resolve("circle.jar"), plugins.resolve("circle.jar"));
        // as Kubernetes mounts a volume
        serializer("Mounted", "mounted", "data").write(plugins.resolve("..2026_11_24/mounted.jar"));
        Files.createSymbolicLink(plugins.resolve("..data"), Path.of("..2026_11_24"));
        Files.createSymbolicLink(plugins.resolve("mounted.jar"), Path.of("..data/mounted.jar"));
    }

    private static void namesAndInterfaces(Path plugins) throws IOException {
        JarMaker newer = serializer("Newer", "newer", "data");
        Map<String, byte[]> classes = newer.classes();
        classes.forEach((name, bytes) -> bytes[7] = 44 + 77); // the low byte of the version of the format
        newer.write(plugins.resolve("newer-java.jar"), classes);
        jar().sourceOf(
                        SERIALIZER,
                        "package io.kurier.spi; public interface SerializerPlugin { String name(); Object serializer(String"
                                + " type); }")
                .source(
                        "OtherVersion",
                        "public class OtherVersion implements io.kurier.spi.SerializerPlugin {\n"
                                + "  public String name() { return \"other-version\"; }\n"
                                + "  public Object serializer(String type) { return null; } }")
                .against(Stream.empty())
                .without("io.kurier")
                .provides(SERIALIZER, "com.example.OtherVersion")
                .write(plugins.resolve("other-interface.jar"));
        serializer("Twin", "twin-of-folders", "1").write(plugins.resolve("twin-1.jar"));
        serializer("Twin", "twin-of-folders", "2").write(plugins.resolve("twin-2.jar"));
        serializer("Shadow", "shadow", "data")
                .entry("io/kurier/Topic.class", "not even a class")
                .entry("io/kurier/spi/SerializerPlugin.class", "")
                .entry("org/slf4j/Logger.class", "")
                .entry("org/apache/kafka/common/serialization/Serializer.class", "")
                .write(plugins.resolve("shadow.jar"));
        jar().source(
                        "NoName",
                        "public class NoName implements io.kurier.spi.GuardPlugin {\n"
                                + "  public String name() { throw new IllegalStateException(\"no name yet\"); }\n"
                                + "  public io.kurier.spi.Guard guard(io.kurier.spi.GuardSettings keys) {"
                                + " return null; } }")
                .provides("io.kurier.spi.GuardPlugin", "com.example.NoName")
                .write(plugins.resolve("no-name.jar"));
    }
}
