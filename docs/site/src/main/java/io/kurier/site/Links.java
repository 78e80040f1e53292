// SPDX-License-Identifier: Apache-2.0
package io.kurier.site;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.Heading;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.renderer.html.HtmlRenderer;
import org.jspecify.annotations.Nullable;

/** Turns links between files into links between pages, and collects those that lead nowhere. */
final class Links {
    private static final Pattern ELSEWHERE = Pattern.compile("[a-z][a-z0-9+.-]*:.*");

    private final Map<String, Page> pages;
    private final Set<String> images;
    private final List<String> problems = new ArrayList<>();

    /** Takes the pages by their sources, and the names of the images. */
    Links(Map<String, Page> pages, Set<String> images) {
        this.pages = pages;
        this.images = images;
    }

    /** Returns whether a link leaves the repository. */
    static boolean isElsewhere(String link) {
        return ELSEWHERE.matcher(link).matches();
    }

    /** Returns a link without its anchor. */
    static String path(String link) {
        int anchor = link.indexOf('#');
        return anchor < 0 ? link : link.substring(0, anchor);
    }

    /** Returns the page of a file, or of a folder: its README, or a list of its files. */
    static @Nullable Page page(Map<String, Page> pages, String source) {
        Page readme = pages.get(source.isEmpty() ? "README.md" : source + "/README.md");
        return readme != null ? readme : pages.get(source);
    }

    /** Returns the content of a page as HTML. */
    String rendered(Page page) {
        return HtmlRenderer.builder()
                .extensions(List.of(TablesExtension.create()))
                .attributeProviderFactory(context -> (node, tag, attributes) -> attributes(page, node, attributes))
                .build()
                .render(page.document());
    }

    private void attributes(Page page, Node node, Map<String, String> attributes) {
        if (node instanceof Link link) {
            attributes.put("href", href(page, link.getDestination()));
        } else if (node instanceof Heading) {
            attributes.put("id", page.anchors().getOrDefault(node, ""));
        } else if (node instanceof Image image && !images.contains(page.resolve(image.getDestination()))) {
            problems.add(page.source() + ": there is no image " + image.getDestination());
        }
    }

    private String href(Page page, String link) {
        if (isElsewhere(link)) {
            return link;
        }
        String path = path(link);
        Page target = path.isEmpty() ? page : page(pages, page.resolve(path));
        if (target == null) {
            problems.add(page.source() + ": " + link + " leads to nothing: there is no " + page.resolve(path)
                    + " in the repository");
            return link;
        }
        String anchor = link.substring(path.length());
        if (!anchor.isEmpty() && !target.anchors().containsValue(anchor.substring(1))) {
            problems.add(page.source() + ": " + link + " leads to no heading: " + target.source() + " has none with the"
                    + " anchor " + anchor);
        }
        return (target.is(page) && !anchor.isEmpty() ? "" : page.linkTo(target.address())) + anchor;
    }

    /** Returns what was wrong in the pages that were rendered until now. */
    List<String> problems() {
        return problems;
    }
}
