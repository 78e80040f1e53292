// SPDX-License-Identifier: Apache-2.0
package io.kurier.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the site is made of a small repository. */
class SiteTest {
    @TempDir
    private Path folder;

    @Test
    void aMarkdownFileIsAPageAndAReadmeIsTheIndexOfItsFolder() throws IOException {
        repository();
        file("docs/guide.md", "# The guide & more\n\n| a | b |\n|---|---|\n| 1 | `<2>` |\n");

        assertThat(write()).isEqualTo(3);

        assertThat(site("docs/guide.html"))
                .startsWith("<!DOCTYPE html>\n<html lang=\"en\">\n")
                .contains(
                        "<title>The guide &amp; more - Kurier</title>",
                        "<h1 id=\"the-guide--more\">The guide &amp; more</h1>",
                        "<td><code>&lt;2&gt;</code></td>",
                        "<link rel=\"stylesheet\" href=\"../style.css\">");
        assertThat(folder.resolve("site/index.html")).exists();
        assertThat(folder.resolve("site/docs/index.html")).exists();
        assertThat(folder.resolve("site/style.css")).exists();
    }

    @Test
    void theNavigationHasTheOrderOfTheList() throws IOException {
        file("README.md", "# Home\n");
        file("docs/README.md", "# Docs\n\n- [b](b.md): one\n- [a](a.md), [c](wire/c.md): two\n");
        file("docs/a.md", "# Page A\n");
        file("docs/b.md", "# Page B\n");
        file("docs/wire/c.md", "# Page C\n");

        write();

        assertThat(site("docs/wire/c.html")).contains("""
                <p><a href="../../index.html">Home</a></p>
                <ol>
                <li><a href="../b.html">Page B</a></li>
                <li><a href="../a.html">Page A</a></li>
                <li><a href="c.html" aria-current="page">Page C</a></li>
                </ol>
                """);
    }

    @Test
    void aLinkLeadsToWhatItLeadsToInTheRepository() throws IOException {
        repository();
        file("cli/README.md", "# The command\n");
        file("docs/guide.md", """
                # The guide

                ## In short

                [to the index](README.md), [up](../README.md), [a folder](../cli), [itself](#in-short),
                [from above](guide.md#in-short), [elsewhere](https://example.com/x.md)
                """);

        write();

        assertThat(site("docs/guide.html"))
                .contains(
                        "<a href=\"index.html\">to the index</a>",
                        "<a href=\"../index.html\">up</a>",
                        "<a href=\"../cli/index.html\">a folder</a>",
                        "<a href=\"#in-short\">itself</a>",
                        "<a href=\"#in-short\">from above</a>",
                        "<a href=\"https://example.com/x.md\">elsewhere</a>");
    }

    @Test
    void aSourceFileThatIsLinkedToIsAPageThatShowsIt() throws IOException {
        repository();
        file(
                "docs/guide.md",
                "# The guide\n\n[code](../samples/A.java), [data](../samples/data), ![a line](line.svg)\n");
        file("docs/line.svg", "<svg/>");
        file("samples/A.java", "class A<T> {}\n");
        file("samples/B.java", "class B {}\n");
        file("samples/data/orders.csv", "1\n");
        file("samples/data/target/made.csv", "2\n");

        write();

        assertThat(site("docs/guide.html"))
                .contains("href=\"../samples/A.java.html\"", "href=\"../samples/data.html\"", "<img src=\"line.svg\"");
        assertThat(site("samples/A.java.html")).contains("<pre><code>class A&lt;T&gt; {}\n</code></pre>");
        assertThat(site("samples/data.html"))
                .contains("samples/data/orders.csv")
                .doesNotContain("made.csv");
        assertThat(site("docs/line.svg")).isEqualTo("<svg/>");
        assertThat(folder.resolve("site/samples/B.java.html")).doesNotExist();
    }

    @Test
    void namesEveryLinkThatLeadsNowhere() throws IOException {
        repository();
        file("docs/guide.md", """
                # The guide

                [one](gone.md), [two](README.md#gone), [three](#gone), [four](../../outside), ![five](gone.png)
                """);

        assertThatThrownBy(this::write).isInstanceOf(DeadLinksException.class).hasMessage("""
                        5 problems with the links of the documentation:
                          docs/guide.md: gone.md leads to nothing: there is no docs/gone.md in the repository
                          docs/guide.md: README.md#gone leads to no heading: docs/README.md has none with the anchor #gone
                          docs/guide.md: #gone leads to no heading: docs/guide.md has none with the anchor #gone
                          docs/guide.md: ../../outside leads to nothing: there is no outside in the repository
                          docs/guide.md: there is no image gone.png""");
        assertThat(folder.resolve("site")).doesNotExist();
    }

    @Test
    void aPageThatTheListLeavesOutIsAProblem() throws IOException {
        repository();
        file("docs/guide.md", "# The guide\n");
        file("docs/lost.md", "# Lost\n");

        assertThatThrownBy(this::write)
                .hasMessageStartingWith("1 problem with the links of the documentation:\n  docs/lost.md is not in the"
                        + " list of docs/README.md");
    }

    @Test
    void headingsOfTheSameWordsHaveDifferentAnchors() throws IOException {
        repository();
        file("docs/guide.md", "# Keys\n\n## `a.b` of *it*\n\n## Keys\n\n### Keys\n\n[last](#keys-2)\n");

        write();

        assertThat(site("docs/guide.html"))
                .contains("<h1 id=\"keys\">", "<h2 id=\"ab-of-it\">", "<h2 id=\"keys-1\">", "<h3 id=\"keys-2\">");
    }

    @Test
    void whatAnEarlierBuildHasMadeIsGone() throws IOException {
        repository();
        file("docs/guide.md", "# The guide\n");
        file("site/old.html", "old");

        write();

        assertThat(folder.resolve("site/old.html")).doesNotExist();
    }

    @Test
    void theChinesePageSaysItsLanguage() throws IOException {
        repository();
        file("docs/guide.md", "# The guide\n");
        file("README.zh-CN.md", "# 库\n\n## 发布消息\n\n[发布](#发布消息)\n");

        write();

        assertThat(site("README.zh-CN.html")).contains("<html lang=\"zh-CN\">", "href=\"#发布消息\"");
    }

    /** The least that a site needs. */
    private void repository() throws IOException {
        file("README.md", "# Kurier\n");
        file("docs/README.md", "# Docs\n\n- [guide.md](guide.md): a guide\n");
    }

    private void file(String name, String content) throws IOException {
        Path file = folder.resolve(name.startsWith("site/") ? name : "repository/" + name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    private int write() throws IOException {
        return Site.write(folder.resolve("repository"), folder.resolve("site"));
    }

    private String site(String name) throws IOException {
        return Files.readString(folder.resolve("site").resolve(name));
    }
}
