// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.avro;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.reflect.AvroIgnore;
import org.apache.avro.reflect.AvroName;

/** A plain class with fields of all kinds that Avro's reflect model has. */
class Article {
    /** A constant of a class with a body, which is a class of its own. */
    enum Kind {
        BOOK,
        RECORD {
            @Override
            public String toString() {
                return "a record";
            }
        }
    }

    /** A plain class within the class. */
    static final class Part {
        String name = "";
        short count;

        @org.apache.avro.reflect.Nullable
        Part within;

        private Part() {}

        Part(String name, int count, Part... within) {
            this.name = name;
            this.count = (short) count;
            this.within = within.length == 0 ? this.within : within[0];
        }
    }

    /** A Java record within the class. */
    record Price(
            String currency,
            long cents,
            @AvroName("off") int discount,
            byte[] seal,
            List<Part> parts,
            Optional<String> note) {}

    String title = "";
    boolean sold;
    int pages;
    long isbn;
    float weight;
    double rating;
    short shelf;
    byte edition;
    char initial = 'a';
    Kind kind = Kind.BOOK;
    byte[] cover = new byte[0];
    ByteBuffer sample = ByteBuffer.allocate(0);
    int[] counts = new int[0];
    String[] words = new String[0];
    List<Part> parts = new ArrayList<>();
    Set<String> tags = Set.of();
    Map<String, Part> named = Map.of();
    Part main = new Part();
    Price price = new Price("", 0, 0, new byte[0], List.of(), Optional.empty());
    java.net.URI link = java.net.URI.create("about:blank");

    @org.apache.avro.reflect.Nullable
    String subtitle;

    @AvroIgnore
    String ignored = "ignored";

    transient String passing = "passing";
    static final String CONSTANT = "constant";

    Article() {}

    static Article sample() {
        Article article = new Article();
        article.title = "Avro \u00FC";
        article.sold = true;
        article.pages = -300;
        article.isbn = Long.MAX_VALUE;
        article.weight = 1.5f;
        article.rating = -0.25;
        article.shelf = -7;
        article.edition = -2;
        article.initial = '\u20AC';
        article.kind = Kind.RECORD;
        article.cover = new byte[] {1, -1};
        article.sample = ByteBuffer.wrap(new byte[] {2});
        article.counts = new int[] {1, -2, 3};
        article.words = new String[] {"a", "b"};
        article.parts = new ArrayList<>(Arrays.asList(new Part("p", 1), new Part("q", 2, new Part("r", 3))));
        article.tags = Set.of("new");
        article.named = Map.of("k", new Part("s", 4));
        article.main = new Part("main", 5);
        article.price = new Price("EUR", 990, 5, new byte[] {9}, List.of(new Part("t", 6)), Optional.of("n"));
        article.link = java.net.URI.create("urn:a");
        article.subtitle = null;
        return article;
    }
}
