// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.config;

import io.kurier.Printable;
import io.kurier.core.config.ResolvedKey;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The keys of Confluent's and Apicurio's serializers, with Kurier's for each. They are a text, so that this module needs
 * to know nothing of the module that has the keys of Kurier. It is read when a key is unknown.
 */
public final class RegistryKeys {
    private static final String TABLE = "registry-keys.txt";
    private static final int COLUMNS = 5;
    private static final String NO_KEY = "-";
    private static final String REST = "*";

    /** In place of a value that the user has to choose. */
    private static final String OWN_VALUE = "...";

    /** Kurier's key for a key that chooses the framing. */
    private static final String FRAMING = "framing";

    /** After the side, the key of a Kafka client. */
    private static final String SERIALIZER = ".serializer";

    /** The serializers of a client. */
    private static final List<String> SIDES = List.of("key", "value");

    /** The formats by words in the names of their classes. */
    private static final Map<String, String> FORMATS = Map.of("Avro", "avro", "Json", "json", "Protobuf", "protobuf");

    private RegistryKeys() {}

    /**
     * A key of theirs.
     *
     * @param family {@code confluent} or {@code apicurio}, which is also the name of the framing
     * @param theirs their key; a star at its end stands for any rest
     * @param own Kurier's key behind {@code framing.NAME.}, with a star if theirs has one and the rest is the same;
     *     {@code framing} if it is the choice of the framing itself; empty if there is none
     * @param change how the value is written, as in the table
     * @param meaning what it means, and what differs
     */
    public record Row(String family, String theirs, String own, String change, String meaning) {
        boolean isOf(String key) {
            return theirs.endsWith(REST)
                    ? key.startsWith(theirs.substring(0, theirs.length() - 1)) && key.length() >= theirs.length()
                    : theirs.equals(key);
        }

        /** Returns Kurier's key for one of theirs. */
        String ownFor(String key) {
            return own.endsWith(REST) ? own.substring(0, own.length() - 1) + key.substring(theirs.length() - 1) : own;
        }

        /** Returns the value in Kurier's words; a secret is hidden. */
        String value(Setting setting) {
            String shown = setting.variables().isEmpty() && !SecretKeys.isSecret(setting.key())
                    ? Printable.brief(SecretKeys.withoutUserInfo(setting.value()))
                    : setting.shown();
            return switch (change) {
                case "=" -> shown;
                case "context", "rules" -> OWN_VALUE;
                case "header", "login" -> ResolvedKey.HIDDEN;
                case "ccompat" -> shown.replaceFirst("/apis/registry/v[0-9]+/?$", "/apis/ccompat/v7");
                case "seconds" -> shown.matches("[0-9]{4,15}") ? String.valueOf(Long.parseLong(shown) / 1000) : "1";
                default -> words().getOrDefault(lastWord(shown), OWN_VALUE);
            };
        }

        /** Returns Kurier's words by the last words of class names; empty if the value is not a class. */
        public Map<String, String> words() {
            Map<String, String> words = new LinkedHashMap<>();
            for (String pair : change.length() == 1 || !change.contains("=") ? new String[0] : change.split(", ")) {
                words.put(pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1));
            }
            return words;
        }
    }

    private static final class Rows {
        static final List<Row> ALL = read();

        private static List<Row> read() {
            try (InputStream table = Objects.requireNonNull(RegistryKeys.class.getResourceAsStream(TABLE), TABLE)) {
                return new String(table.readAllBytes(), StandardCharsets.UTF_8)
                        .lines()
                        .filter(line -> !line.isBlank() && !line.startsWith("#"))
                        .map(Rows::row)
                        .toList();
            } catch (IOException e) {
                throw new UncheckedIOException(TABLE + " cannot be read", e);
            }
        }

        private static Row row(String line) {
            String[] cells = line.split(" \\| ", -1);
            if (cells.length != COLUMNS) {
                throw new IllegalStateException(TABLE + ": " + line);
            }
            return new Row(cells[0], cells[1], cells[2].equals(NO_KEY) ? "" : cells[2], cells[3], cells[4]);
        }
    }

    /** Returns all keys, in the order of the table. */
    public static List<Row> rows() {
        return Rows.ALL;
    }

    /** Returns the row of a key of theirs; of several the most specific. */
    static Optional<Row> row(String key) {
        return rows().stream()
                .filter(row -> row.isOf(key))
                .max(Comparator.comparing((Row row) -> row.theirs().equals(key))
                        .thenComparing(row -> row.theirs().length()));
    }

    static String lastWord(String text) {
        return text.substring(text.lastIndexOf('.') + 1);
    }

    /** Returns the format of one of their serializers; empty if the class is another one. */
    static Optional<String> format(String className) {
        boolean theirs = className.startsWith("io.confluent.") || className.startsWith("io.apicurio.");
        return theirs
                ? FORMATS.entrySet().stream()
                        .filter(entry -> lastWord(className).contains(entry.getKey()))
                        .map(Map.Entry::getValue)
                        .findFirst()
                : Optional.empty();
    }

    /** Returns whether a setting is one of theirs. */
    static boolean isTheirs(Setting setting) {
        String key = Keys.withoutProducer(setting.key());
        return SIDES.stream().anyMatch(side -> key.equals(side + SERIALIZER))
                ? format(setting.value()).isPresent()
                : row(key).isPresent();
    }

    /**
     * What to write in place of settings.
     *
     * @param settings those that {@link #isTheirs} is true of; at least one
     * @param alias the alias of a topic
     */
    record Translation(List<Setting> settings, String alias) {
        /** Returns the sentence before the lines. */
        String introduction() {
            int more = settings.size() - 1;
            return (more == 0 ? "a key" : "this and " + more + " more are keys") + " of "
                    + (isApicurio(settings) ? "Apicurio" : "Confluent")
                    + "'s serializers. Here each topic has its own. For the topic " + Printable.brief(alias)
                    + " write, with kurier-framings and kurier-registry on the class path:";
        }

        /** Returns lines of a properties file. */
        List<String> lines() {
            List<String> lines = new ArrayList<>();
            List<String> chosen = SIDES.stream()
                    .filter(side ->
                            settings.stream().anyMatch(setting -> name(setting).equals(side + SERIALIZER)))
                    .toList();
            for (String side : chosen.isEmpty() ? List.of("value") : chosen) {
                new Side(side, settings, TopicKeys.prefix(alias) + side + SERIALIZER).addTo(lines);
            }
            return lines;
        }
    }

    private static boolean isApicurio(List<Setting> settings) {
        return settings.stream()
                .anyMatch(setting ->
                        name(setting).startsWith("apicurio.") || setting.value().startsWith("io.apicurio."));
    }

    private static String name(Setting setting) {
        return Keys.withoutProducer(setting.key());
    }

    /** The serializer of keys or of values. */
    private record Side(String side, List<Setting> settings, String serializer) {
        void addTo(List<String> lines) {
            for (Setting setting : settings) {
                if (name(setting).equals(side + SERIALIZER)) {
                    lines.add("# " + name(setting) + ": the name of the format");
                    lines.add(serializer + "=" + format(setting.value()).orElseThrow());
                }
            }
            String framing = framing();
            String prefix = serializer + ".framing." + framing + ".";
            lines.add(serializer + ".framing=" + framing);
            lines.add(prefix + "schemas=registry");
            List<String> without = new ArrayList<>();
            Set<String> written = new HashSet<>();
            for (Setting setting : settings) {
                Row row = isOfThisSide(name(setting)) ? row(name(setting)).orElse(null) : null;
                if (row == null || row.own().equals(FRAMING)) {
                    continue;
                }
                String own = row.ownFor(name(setting));
                String meaning = "# " + name(setting) + ": " + row.meaning();
                if (own.isEmpty()) {
                    without.add(meaning);
                } else if (written.add(own)) {
                    lines.add(meaning);
                    lines.add(prefix + own + "=" + row.value(setting));
                }
            }
            if (!without.isEmpty()) {
                lines.add("# without a key of Kurier's:");
                lines.addAll(without);
            }
        }

        /** The keys of a registry are those of both sides. */
        private boolean isOfThisSide(String key) {
            return SIDES.stream().noneMatch(other -> !other.equals(side) && key.startsWith(other + "."));
        }

        private String framing() {
            return settings.stream()
                    .filter(setting -> name(setting).equals(side + ".schema.id.serializer"))
                    .flatMap(setting -> row(name(setting)).map(row -> row.value(setting)).stream())
                    .findFirst()
                    .orElse(isApicurio(settings) ? "apicurio" : "confluent");
        }
    }
}
