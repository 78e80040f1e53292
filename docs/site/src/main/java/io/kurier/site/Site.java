// SPDX-License-Identifier: Apache-2.0
package io.kurier.site;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Writes the documentation of a repository as a folder of HTML that needs no server and no network. The pages are the
 * Markdown files, and each file or folder that one of them links to; the navigation is the list of
 * {@code docs/README.md}. A link to nothing ends it with an error that names all of them.
 */
public final class Site {
    /** The style sheet, in the site and beside this class. */
    static final String STYLE = "style.css";

    private Site() {}

    /** Takes the root of the repository, and the folder to write, whose content is replaced. */
    public static void main(String[] args) throws IOException {
        if (args.length != 2) {
            throw new IllegalArgumentException(
                    "two arguments are needed, the root of the repository and the folder to write, and not "
                            + args.length);
        }
        int pages = write(Path.of(args[0]), Path.of(args[1]));
        System.out.println("site: " + pages + " pages in " + Path.of(args[1]).normalize());
    }

    /**
     * Writes the site.
     *
     * @return how many pages it has
     * @throws DeadLinksException if links lead nowhere or pages of {@code docs} are not in its list; nothing is written
     */
    static int write(Path root, Path target) throws IOException {
        Repository repository = Repository.at(root);
        Map<String, Page> pages = new TreeMap<>();
        for (String source : repository.documents()) {
            pages.put(source, Page.of(source, repository.text(source)));
        }
        Navigation navigation = Navigation.of(pages);
        List<String> problems = new ArrayList<>(navigation.problems());
        Map<String, byte[]> images = new TreeMap<>();
        for (Page page : List.copyOf(pages.values())) {
            for (String image : page.images()) {
                if (repository.isFile(image)) {
                    images.put(image, repository.bytes(image));
                }
            }
            for (String link : page.links()) {
                String source = page.resolve(Links.path(link));
                if (!Links.isElsewhere(link) && Links.page(pages, source) == null) {
                    repository.shown(source).ifPresent(shown -> pages.put(source, shown));
                }
            }
        }
        Links links = new Links(pages, images.keySet());
        Map<String, String> files = new TreeMap<>();
        for (Page page : pages.values()) {
            files.put(page.address(), Layout.html(page, navigation, links.rendered(page)));
        }
        problems.addAll(links.problems());
        if (!problems.isEmpty()) {
            throw new DeadLinksException(problems);
        }
        empty(target);
        for (Map.Entry<String, String> file : files.entrySet()) {
            writeFile(target.resolve(file.getKey()), file.getValue().getBytes(UTF_8));
        }
        for (Map.Entry<String, byte[]> image : images.entrySet()) {
            writeFile(target.resolve(image.getKey()), image.getValue());
        }
        try (InputStream style = Objects.requireNonNull(Site.class.getResourceAsStream(STYLE), STYLE)) {
            writeFile(target.resolve(STYLE), style.readAllBytes());
        }
        return files.size();
    }

    private static void writeFile(Path file, byte[] content) throws IOException {
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        Files.write(file, content);
    }

    private static void empty(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        List<Path> old;
        try (Stream<Path> files = Files.walk(folder)) {
            old = files.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : old) {
            Files.delete(file);
        }
    }
}
