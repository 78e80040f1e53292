// SPDX-License-Identifier: Apache-2.0
package io.kurier.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.commonmark.ext.gfm.tables.TableCell;
import org.commonmark.ext.gfm.tables.TableRow;
import org.commonmark.node.Code;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.Text;
import org.junit.jupiter.api.Test;

/**
 * README.zh-CN.md says in Chinese what README.md says in English: it has the same headings, blocks of code, rows of
 * tables and links in the same order, and the same words in code. A change of one is a change of both.
 */
class ChineseReadmeTest {
    private static final String ENGLISH = "README.md";
    private static final String CHINESE = "README.zh-CN.md";

    /**
     * A part of a page.
     *
     * @param same what is the same in both languages
     * @param shown what tells a reader which part it is
     */
    private record Part(String same, String shown) {}

    @Test
    void theChineseReadmeHasWhatTheEnglishOneHas() throws IOException {
        assertThat(differences(text(ENGLISH), text(CHINESE)))
                .as("a change of one README is to be made in the other as well")
                .isEmpty();
    }

    @Test
    void eachLinksToTheOtherBeforeAnythingElse() throws IOException {
        assertThat(Page.of(ENGLISH, text(ENGLISH)).links()).startsWith(CHINESE);
        assertThat(Page.of(CHINESE, text(CHINESE)).links()).startsWith(ENGLISH);
    }

    @Test
    void theChineseReadmeIsInChinese() throws IOException {
        Node document = Page.of(CHINESE, text(CHINESE)).document();
        assertThat(Nodes.in(document, Heading.class).skip(1).map(ChineseReadmeTest::words))
                .allSatisfy(heading -> assertThat(heading).containsPattern("\\p{IsHan}"));
    }

    @Test
    void namesTheFirstDifferenceOfEachKind() {
        String english = """
                # Kurier

                ## Start

                ```
                run
                ```

                | a |
                |---|
                | [x](x.md) |
                | [y](y.md) `b` `a` |

                `c`
                """;
        assertThat(differences(english, english.replace("`b` `a`", "`a` 和 `b`")))
                .isEmpty();
        assertThat(differences(
                        english,
                        english.replace("## Start", "### 开始")
                                .replace("run", "run -q")
                                .replace("| [y](y.md) `b` `a` |\n", "")
                                .replace("`c`", "`d`")))
                .containsExactly(
                        "heading 2 of README.md is \"## Start\", and that of README.zh-CN.md is \"### 开始\"",
                        "block of code 1 of README.md is \"run\", and that of README.zh-CN.md is \"run -q\"",
                        "row 3 of the tables in README.md is \"y b a\", and README.zh-CN.md has none",
                        "link 2 of README.md is \"y.md\", and README.zh-CN.md has none",
                        "in code only in README.md: a, b, c; only in README.zh-CN.md: d");
        assertThat(differences("| a | 1,000 |\n|---|---|\n", "| 一 | 1,001 |\n|---|---|\n"))
                .containsExactly("row 1 of the tables in README.md is \"a 1,000\", and that of README.zh-CN.md is"
                        + " \"一 1,001\"");
        assertThat(differences(english, english + "\n## 更多\n"))
                .containsExactly("heading 3 of README.zh-CN.md is \"## 更多\", and README.md has none");
    }

    private static String text(String name) throws IOException {
        return Files.readString(Path.of("..", "..").resolve(name));
    }

    private static List<String> differences(String english, String chinese) {
        Node one = Page.of(ENGLISH, english).document();
        Node other = Page.of(CHINESE, chinese).document();
        return Stream.of(
                        difference("heading %d of ", headings(one), headings(other)),
                        difference("block of code %d of ", blocks(one), blocks(other)),
                        difference("row %d of the tables in ", rows(one), rows(other)),
                        difference("link %d of ", links(one), links(other)),
                        differenceInCode(codes(one), codes(other)))
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<String> difference(String place, List<Part> english, List<Part> chinese) {
        for (int i = 0; i < Math.max(english.size(), chinese.size()); i++) {
            String at = place.formatted(i + 1);
            if (i >= chinese.size()) {
                return Optional.of(at + ENGLISH + is(english.get(i)) + ", and " + CHINESE + " has none");
            }
            if (i >= english.size()) {
                return Optional.of(at + CHINESE + is(chinese.get(i)) + ", and " + ENGLISH + " has none");
            }
            if (!english.get(i).same().equals(chinese.get(i).same())) {
                return Optional.of(at + ENGLISH + is(english.get(i)) + ", and that of " + CHINESE + is(chinese.get(i)));
            }
        }
        return Optional.empty();
    }

    private static Optional<String> differenceInCode(List<String> english, List<String> chinese) {
        List<String> onlyEnglish = new ArrayList<>(english);
        chinese.forEach(onlyEnglish::remove);
        List<String> onlyChinese = new ArrayList<>(chinese);
        english.forEach(onlyChinese::remove);
        return onlyEnglish.isEmpty() && onlyChinese.isEmpty()
                ? Optional.empty()
                : Optional.of("in code only in " + ENGLISH + ": " + String.join(", ", onlyEnglish) + "; only in "
                        + CHINESE + ": " + String.join(", ", onlyChinese));
    }

    private static String is(Part part) {
        return " is \"" + part.shown() + "\"";
    }

    private static List<Part> headings(Node document) {
        return Nodes.in(document, Heading.class)
                .map(heading -> {
                    String level = "#".repeat(heading.getLevel());
                    return new Part(level, level + " " + words(heading));
                })
                .toList();
    }

    private static List<Part> blocks(Node document) {
        return Nodes.in(document, FencedCodeBlock.class)
                .map(block -> new Part(
                        block.getInfo() + "\n" + block.getLiteral(),
                        block.getLiteral().strip()))
                .toList();
    }

    /** The order of the words in code within a row is that of the language; a number is the same in both. */
    private static List<Part> rows(Node document) {
        return Nodes.in(document, TableRow.class)
                .map(row -> {
                    List<String> cells = Nodes.in(row, TableCell.class)
                            .map(ChineseReadmeTest::words)
                            .map(cell -> cell.matches("[0-9.,]+") ? cell : "words")
                            .toList();
                    return new Part(cells + " " + links(row) + " " + codes(row), words(row));
                })
                .toList();
    }

    /** Without those between the two pages. */
    private static List<Part> links(Node document) {
        return Nodes.in(document, Link.class)
                .map(Link::getDestination)
                .filter(link -> !link.equals(ENGLISH) && !link.equals(CHINESE))
                .map(link -> new Part(link, link))
                .toList();
    }

    private static List<String> codes(Node node) {
        return Nodes.in(node, Code.class).map(Code::getLiteral).sorted().toList();
    }

    private static String words(Node node) {
        return Nodes.in(node, Node.class)
                .flatMap(part -> part instanceof Text text
                        ? Stream.of(text.getLiteral().strip())
                        : part instanceof Code code ? Stream.of(code.getLiteral()) : Stream.empty())
                .filter(word -> !word.isEmpty())
                .collect(Collectors.joining(" "));
    }
}
