// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.kurier.broker.LocalBroker;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What docs/first-publish.md tells a reader to type is typed here, and what it shows is what comes. */
class FirstPublishTest {
    private static final String ADDRESS = "127.0.0.1:9092";
    private static final Path GUIDE = Path.of("..", "docs", "first-publish.md");

    @TempDir
    private Path folder;

    @Test
    @Timeout(180)
    void thePageShowsWhatAReaderSees() throws Exception {
        String guide = Files.readString(GUIDE);
        Path source = Files.writeString(folder.resolve("FirstPublish.java"), block(guide, "```java\n"));
        try (LocalBroker broker = LocalBroker.start()) {
            assertThat(run(source, broker.bootstrapServers()))
                    .isEqualTo(block(guide, "mvn -q compile exec:java\n```\n\nprints\n\n```\n"));

            String read = block(guide, "## 5. Read them back\n\nIn the checkout:\n\n```\n");
            assertThat(read).startsWith("./kurier ").contains(ADDRESS);
            CommandRun records = CommandRun.of(read.strip()
                    .replace("./kurier ", "")
                    .replace(ADDRESS, broker.bootstrapServers())
                    .split(" "));
            assertThat(records.exitCode()).as(records.err()).isZero();
            assertThat(withoutTimes(records.out()))
                    .isEqualTo(withoutTimes(
                            block(guide, "prints partition, offset, time, headers, key and value:\n\n```\n")));
        }
    }

    /** Returns what the class prints that is in the file. */
    private String run(Path source, String address) throws Exception {
        compile(source);
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream before = System.out;
        System.setOut(new PrintStream(printed, true, UTF_8));
        try (URLClassLoader classes =
                new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
            classes.loadClass("com.example.first.FirstPublish")
                    .getMethod("main", String[].class)
                    .invoke(null, (Object) new String[] {address});
        } finally {
            System.setOut(before);
        }
        return printed.toString(UTF_8).replace("\r\n", "\n");
    }

    private void compile(Path source) throws IOException {
        StringWriter errors = new StringWriter();
        var compiler = ToolProvider.getSystemJavaCompiler();
        try (var files = compiler.getStandardFileManager(null, null, UTF_8)) {
            assertThat(compiler.getTask(
                                    errors,
                                    files,
                                    null,
                                    List.of("-proc:none", "-d", folder.toString()),
                                    null,
                                    files.getJavaFileObjects(source))
                            .call())
                    .as(errors.toString())
                    .isTrue();
        }
    }

    private static String withoutTimes(String records) {
        return records.replaceAll("\\t\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z\\t", "\ttime\t");
    }

    private static String block(String guide, String before) {
        Matcher block = Pattern.compile(Pattern.quote(before) + "(.*?)```\n", Pattern.DOTALL)
                .matcher(guide);
        assertThat(block.find()).as("a block after " + before).isTrue();
        return block.group(1);
    }
}
