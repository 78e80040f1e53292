// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Runs each command that contacts no broker once and without output, so that their classes are loaded. The launcher
 * runs it with {@code -XX:ArchiveClassesAtExit} to make the archive of class data (JEP 350) from which later commands
 * start faster.
 */
final class StartupClasses {
    private static final String CONFIG = """
            bootstrap.servers=127.0.0.1:9092
            topics=text,bytes,json
            topics.text.value.serializer=text
            topics.bytes.value.serializer=bytes
            topics.json.value.serializer=json
            """;

    private StartupClasses() {}

    /** Runs the commands, whatever their results are. */
    public static void main(String[] args) throws IOException {
        System.setIn(InputStream.nullInputStream());
        PrintWriter nowhere = new PrintWriter(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
        try (TemporaryFolder folder = TemporaryFolder.create()) {
            Path config = folder.resolve("kurier.properties");
            Files.writeString(config, CONFIG);
            Path wrong = folder.resolve("wrong.properties");
            Files.writeString(wrong, CONFIG + "produser.linger.ms=5\n");
            for (List<String> command : List.of(
                    List.of("--help"),
                    List.of("keys"),
                    List.of("doctor"),
                    List.of("check", config.toString()),
                    List.of("check", wrong.toString()),
                    List.of("partition", "--partitions=3", "--stats"),
                    // these end where they would contact the cluster, since none is named
                    List.of("topics"),
                    List.of("read", "--topic=orders", "--json"),
                    List.of("publish", "--topic=orders", "--serializer=json", config.toString()),
                    List.of("run", config.toString()))) {
                Main.run(nowhere, nowhere, command.toArray(String[]::new));
            }
        }
    }
}
