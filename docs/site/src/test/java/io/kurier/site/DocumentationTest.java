// SPDX-License-Identifier: Apache-2.0
package io.kurier.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The site of this repository, as a browser sees it: what is checked is what was written. */
class DocumentationTest {
    private static final Path ROOT = Path.of("..", "..");
    private static final Pattern REFERENCE = Pattern.compile(" (?:href|src)=\"([^\"]*)\"");
    private static final Pattern ID = Pattern.compile(" id=\"([^\"]*)\"");

    @TempDir
    private static Path site;

    private static final Map<Path, String> PAGES = new HashMap<>();

    @BeforeAll
    static void write() throws IOException {
        Site.write(ROOT, site);
        try (Stream<Path> files = Files.walk(site)) {
            for (Path file :
                    files.filter(name -> name.toString().endsWith(".html")).toList()) {
                PAGES.put(file, Files.readString(file));
            }
        }
    }

    @Test
    void everyLinkAndEveryAnchorIsThere() {
        PAGES.forEach((page, html) -> {
            for (String reference : matches(REFERENCE, html)) {
                URI uri = URI.create(reference);
                if (uri.getScheme() == null) {
                    Path target = uri.getPath().isEmpty()
                            ? page
                            : page.resolveSibling(uri.getPath()).normalize();
                    assertThat(target).as(reference + " in " + page).isRegularFile();
                    if (uri.getFragment() != null) {
                        assertThat(ids(target)).as(reference + " in " + page).contains(uri.getFragment());
                    }
                }
            }
        });
    }

    @Test
    void noPageLoadsAnythingFromElsewhere() throws IOException {
        PAGES.forEach((page, html) ->
                assertThat(html).as(page.toString()).doesNotContainPattern("<script|<iframe|<(img|link) [^>]*https?:"));
        assertThat(Files.readString(site.resolve(Site.STYLE))).doesNotContain("@import", "url(", "@font-face");
    }

    @Test
    void noLinkLeadsToAMarkdownFile() {
        PAGES.forEach((page, html) -> assertThat(matches(REFERENCE, html))
                .as(page.toString())
                .noneMatch(reference ->
                        !Links.isElsewhere(reference) && Links.path(reference).endsWith(".md")));
    }

    @Test
    void everyGuideIsInTheNavigationOfEveryPage() throws IOException {
        try (Stream<Path> files = Files.list(ROOT.resolve("docs"))) {
            List<String> guides = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".md") && !name.equals("README.md"))
                    .map(name -> name.replace(".md", ".html"))
                    .toList();
            assertThat(guides).hasSizeGreaterThan(20);
            String page = html(site.resolve("cli").resolve("index.html"));
            String navigation = page.substring(page.indexOf("<nav"), page.indexOf("</nav>"));
            assertThat(guides).allSatisfy(guide -> assertThat(navigation).contains("href=\"../docs/" + guide + "\""));
        }
    }

    private static String html(Path page) {
        return Objects.requireNonNull(PAGES.get(page), page.toString());
    }

    private static Set<String> ids(Path page) {
        return Set.copyOf(matches(ID, html(page)));
    }

    private static List<String> matches(Pattern pattern, String html) {
        return pattern.matcher(html)
                .results()
                .map(match -> match.group(1).replace("&amp;", "&"))
                .collect(Collectors.toList());
    }
}
