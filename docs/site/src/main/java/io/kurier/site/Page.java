// SPDX-License-Identifier: Apache-2.0
package io.kurier.site;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.Code;
import org.commonmark.node.Document;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;

/**
 * A page of the site.
 *
 * @param source the name of the file or folder that it shows
 * @param address its own name in the site
 * @param title its first heading, or else its source
 * @param document its content
 * @param anchors the ids of its headings
 */
record Page(String source, String address, String title, Node document, Map<Node, String> anchors) {
    private static final String README = "README.md";
    private static final Parser PARSER =
            Parser.builder().extensions(List.of(TablesExtension.create())).build();

    /** Makes the page of a Markdown file; that of a folder's README is the index of the folder. */
    static Page of(String source, String markdown) {
        boolean index = source.equals(README) || source.endsWith("/" + README);
        String withoutEnd = source.substring(0, source.length() - (index ? README : ".md").length());
        return of(source, withoutEnd + (index ? "index.html" : ".html"), PARSER.parse(markdown));
    }

    /** Makes a page that shows a text as it is, below the name of the file. */
    static Page ofFile(String source, String content) {
        Heading heading = new Heading();
        heading.setLevel(1);
        heading.appendChild(new Code(source));
        FencedCodeBlock block = new FencedCodeBlock();
        block.setLiteral(content);
        Document document = new Document();
        document.appendChild(heading);
        document.appendChild(block);
        return of(source, source + ".html", document);
    }

    private static Page of(String source, String address, Node document) {
        Map<Node, String> anchors = new HashMap<>();
        Map<String, Integer> times = new HashMap<>();
        for (Heading heading : Nodes.in(document, Heading.class).toList()) {
            String anchor = anchor(text(heading));
            int before = times.merge(anchor, 1, Integer::sum) - 1;
            anchors.put(heading, before == 0 ? anchor : anchor + "-" + before);
        }
        String title =
                Nodes.in(document, Heading.class).findFirst().map(Page::text).orElse(source);
        return new Page(source, address, title, document, anchors);
    }

    /** Returns whether both show the same file. */
    boolean is(Page other) {
        return source.equals(other.source);
    }

    /** Returns the destinations of its links, as they are written, in order. */
    List<String> links() {
        return Nodes.in(document, Link.class).map(Link::getDestination).toList();
    }

    /** Returns the names of the images in the repository. */
    List<String> images() {
        return Nodes.in(document, Image.class)
                .map(image -> resolve(image.getDestination()))
                .toList();
    }

    /** Returns the name of what a relative link without an anchor means, from the root of the repository. */
    String resolve(String link) {
        Path folder = Objects.requireNonNull(Path.of("/" + source).getParent());
        return folder.resolve(link).normalize().toString().substring(1).replace('\\', '/');
    }

    /** Returns the relative link from this page to another file of the site. */
    String linkTo(String other) {
        Path folder = Objects.requireNonNull(Path.of("/" + address).getParent());
        return folder.relativize(Path.of("/" + other)).toString().replace('\\', '/');
    }

    String language() {
        return source.contains(".zh-CN.") ? "zh-CN" : "en";
    }

    /** As a repository's view of the file forms it, so that one link is right in both. */
    private static String anchor(String heading) {
        return heading.strip()
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N}\\p{M}_\\- ]", "")
                .replace(' ', '-');
    }

    private static String text(Node node) {
        StringBuilder text = new StringBuilder();
        Stream<Node> parts = Nodes.in(node, Node.class);
        parts.forEach(part -> {
            if (part instanceof Text words) {
                text.append(words.getLiteral());
            } else if (part instanceof Code code) {
                text.append(code.getLiteral());
            } else if (part instanceof SoftLineBreak) {
                text.append(' ');
            }
        });
        return text.toString();
    }
}
