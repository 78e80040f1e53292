// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.start;

import static org.assertj.core.api.Assertions.assertThat;

import io.kurier.Publisher;
import io.kurier.broker.LocalBroker;
import io.kurier.core.Kurier;
import io.kurier.core.OtherJvm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A class whose static initializer meets with exhausted memory can never be used again. So none that a message may need
 * is left for the time when something fails.
 */
@Timeout(300)
class InitializedClassesTest {
    /** The packages of which a message may need any class. */
    private static final Pattern ON_THE_WAY = Pattern.compile("io/kurier/[A-Z][^/]*|io/kurier/core/transport/.*"
            + "|io/kurier/core/internal/(attempts|completion|errors|kafka|limits|metrics|route|send)/.*");

    @TempDir
    private Path folder;

    @Test
    void hasInitializedAllClassesThatAMessageMayNeedOnceMessagesAreStored() throws Exception {
        String printed;
        try (LocalBroker broker = LocalBroker.start()) {
            printed = OtherJvm.run(
                    folder.resolve("output"),
                    List.of("-Xlog:class+init=info"),
                    InitializedClassesChild.class,
                    broker.bootstrapServers());
        }

        Set<String> left = new TreeSet<>();
        for (String name : withInitializers()) {
            if (!printed.contains("'" + name + "'")) {
                left.add(name.replace('/', '.'));
            }
        }
        assertThat(left).isEmpty();
    }

    private static Set<String> withInitializers() throws URISyntaxException, IOException {
        Set<String> names = new TreeSet<>();
        for (Class<?> one : List.of(Publisher.class, Kurier.class)) {
            Path classes = Path.of(
                    one.getProtectionDomain().getCodeSource().getLocation().toURI());
            try (Stream<Path> files = Files.walk(classes)) {
                names.addAll(files.filter(file -> file.toString().endsWith(".class") && hasInitializer(file))
                        .map(file -> classes.relativize(file).toString().replaceAll("\\.class$", ""))
                        .filter(name -> ON_THE_WAY.matcher(name).matches())
                        .collect(Collectors.toSet()));
            }
        }
        return names;
    }

    private static boolean hasInitializer(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains("<clinit>");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
