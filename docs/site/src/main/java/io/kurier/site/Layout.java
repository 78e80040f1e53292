// SPDX-License-Identifier: Apache-2.0
package io.kurier.site;

import java.util.stream.Collectors;

/** What is around the content of each page. */
final class Layout {
    private Layout() {}

    /** Returns a whole page of HTML, with the content that was rendered for it. */
    static String html(Page page, Navigation navigation, String content) {
        return """
                <!DOCTYPE html>
                <html lang="%s">
                <head>
                <meta charset="UTF-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <title>%s</title>
                <link rel="stylesheet" href="%s">
                </head>
                <body>
                <nav id="contents" aria-label="Documentation">
                <p>%s</p>
                <ol>
                %s
                </ol>
                </nav>
                <main>
                <p class="to-contents"><a href="#contents">Contents</a></p>
                %s</main>
                </body>
                </html>
                """.formatted(
                        page.language(),
                        escaped(page.is(navigation.home()) ? page.title() : page.title() + " - Kurier"),
                        page.linkTo(Site.STYLE),
                        link(page, navigation.home()),
                        navigation.pages().stream()
                                .map(other -> "<li>" + link(page, other) + "</li>")
                                .collect(Collectors.joining("\n")),
                        content);
    }

    private static String link(Page from, Page to) {
        return "<a href=\"" + escaped(from.linkTo(to.address())) + "\"" + (from.is(to) ? " aria-current=\"page\"" : "")
                + ">" + escaped(to.title()) + "</a>";
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
