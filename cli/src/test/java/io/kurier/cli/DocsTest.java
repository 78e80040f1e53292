// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The code of the documentation is compiled and tested: in {@code docs}, a block of Java or XML below a comment
 * {@code region: file#name} is the same as that region of the file, between the comments {@code region name} and
 * {@code endregion}. After a change on purpose {@code -Ddocs.update=true} writes the blocks anew.
 */
class DocsTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    private static final Pattern BLOCK =
            Pattern.compile("<!-- region: (\\S+)#(\\S+) -->\\n```(java|xml)\\n(.*?)```\\n", Pattern.DOTALL);

    static List<String> documents() throws IOException {
        try (Stream<Path> files = Files.list(ROOT.resolve("docs"))) {
            return Stream.concat(
                            Stream.of("serializers/README.md"),
                            files.map(file -> "docs/" + file.getFileName()).filter(name -> name.endsWith(".md")))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("documents")
    void everyBlockIsTheRegionThatItNames(String name) throws IOException {
        Path document = ROOT.resolve(name);
        String text = Files.readString(document);
        String current = withRegions(text);
        if (Boolean.getBoolean("docs.update")) {
            Files.writeString(document, current);
            text = current;
        }
        assertThat(text).isEqualTo(current);
    }

    @ParameterizedTest
    @MethodSource("documents")
    void everyCommentHasItsBlock(String name) throws IOException {
        String text = Files.readString(ROOT.resolve(name));
        long comments =
                text.lines().filter(line -> line.contains("<!-- region:")).count();
        assertThat(BLOCK.matcher(text).results().count()).isEqualTo(comments);
    }

    /** Pages with code for users; others sketch, as the design guide does. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "coming-from",
                "encryption",
                "errors",
                "first-publish",
                "guice",
                "handling-failures",
                "partitions",
                "scenarios",
                "security",
                "testing",
                "transactions",
                "writing-a-plugin"
            })
    void everyBlockOfJavaInAGuideIsARegion(String guide) throws IOException {
        List<String> lines = Files.readAllLines(ROOT.resolve("docs").resolve(guide + ".md"));
        assertThat(IntStream.range(0, lines.size())
                        .filter(i -> lines.get(i).equals("```java"))
                        .filter(i -> i == 0 || !lines.get(i - 1).startsWith("<!-- region: "))
                        .mapToObj(i -> guide + ".md:" + (i + 1)))
                .as("blocks without a comment that names their region")
                .isEmpty();
    }

    @Test
    void theGuideForAuthorsOfPluginsHasSome() throws IOException {
        assertThat(BLOCK.matcher(Files.readString(ROOT.resolve("docs/writing-a-plugin.md")))
                        .results())
                .hasSizeGreaterThan(3);
    }

    @Test
    void noticesABlockThatDiffersAndARegionThatIsNotThere() throws IOException {
        String text = Files.readString(ROOT.resolve("docs/writing-a-plugin.md"));
        String planted = text.replaceFirst("```java\n", "```java\nint planted = 1;\n");
        assertThat(planted).isNotEqualTo(text);
        assertThat(withRegions(planted)).isNotEqualTo(planted);
        assertThatThrownBy(() -> withRegions(text.replaceFirst("#\\S+ -->", "#nowhere -->")))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("no region nowhere");
    }

    private static String withRegions(String text) {
        return BLOCK.matcher(text)
                .replaceAll(block -> Matcher.quoteReplacement("<!-- region: " + block.group(1) + "#" + block.group(2)
                        + " -->\n```" + block.group(3) + "\n" + region(block) + "```\n"));
    }

    /** Without the indentation that all of its lines have. */
    private static String region(MatchResult block) {
        List<String> lines;
        try {
            lines = Files.readAllLines(ROOT.resolve(block.group(1)));
        } catch (IOException e) {
            throw new UncheckedIOException(block.group(1) + " cannot be read", e);
        }
        List<String> stripped = lines.stream().map(String::strip).toList();
        UnaryOperator<String> comment =
                block.group(3).equals("xml") ? words -> "<!-- " + words + " -->" : words -> "// " + words;
        int start = stripped.indexOf(comment.apply("region " + block.group(2)));
        if (start < 0) {
            throw new AssertionError("there is no region " + block.group(2) + " in " + block.group(1));
        }
        int end = start + stripped.subList(start, stripped.size()).indexOf(comment.apply("endregion"));
        if (end <= start) {
            throw new AssertionError("the region " + block.group(2) + " has no end in " + block.group(1));
        }
        return lines.subList(start + 1, end).stream()
                        .collect(Collectors.joining("\n"))
                        .stripIndent() + "\n";
    }
}
