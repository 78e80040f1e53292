// SPDX-License-Identifier: Apache-2.0
package io.kurier.site;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * The pages of {@code docs} in the order in which its list names them.
 *
 * @param home the first page of the site
 * @param pages those of the list
 * @param problems one for each page of {@code docs} that the list leaves out
 */
record Navigation(Page home, List<Page> pages, List<String> problems) {
    private static final String FOLDER = "docs/";
    private static final String LIST = FOLDER + "README.md";

    static Navigation of(Map<String, Page> all) {
        Page list = Objects.requireNonNull(all.get(LIST), "there is no " + LIST);
        Set<Page> listed = new LinkedHashSet<>();
        for (String link : list.links()) {
            Page page = all.get(list.resolve(Links.path(link)));
            if (page != null && !page.is(list) && page.source().startsWith(FOLDER)) {
                listed.add(page);
            }
        }
        List<String> missing = all.values().stream()
                .filter(page -> page.source().startsWith(FOLDER) && !page.is(list) && !listed.contains(page))
                .map(page -> page.source() + " is not in the list of " + LIST + ": write a line for it there, at the"
                        + " place that it has in the navigation")
                .toList();
        Page home = Objects.requireNonNull(all.get("README.md"), "there is no README.md");
        return new Navigation(home, List.copyOf(listed), missing);
    }
}
