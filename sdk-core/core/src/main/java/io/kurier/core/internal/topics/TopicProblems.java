// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.topics;

import io.kurier.Printable;
import io.kurier.StartException;
import io.kurier.core.internal.config.PublisherConfig;
import io.kurier.core.internal.config.Setting;
import io.kurier.core.internal.config.TopicConfig;
import io.kurier.core.internal.errors.ThrowableText;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Collects the problems with the topics and describes them, so that one error shows all of them. */
final class TopicProblems {
    /** {@link StartException} puts a number of this width before each problem. */
    private static final String INDENT = " ".repeat(5);

    private final PublisherConfig config;
    private final List<String> problems = new ArrayList<>();
    private @Nullable Throwable cause;

    TopicProblems(PublisherConfig config) {
        this.config = config;
    }

    void missing(TopicConfig topic) {
        problems.add(sentences(absence(topic)));
    }

    /** Returns that a topic does not exist, and what is declared. */
    Deviation absence(TopicConfig topic) {
        List<String> declared = new ArrayList<>();
        if (topic.partitions() != null) {
            declared.add("partitions " + declared(topic, "partitions", topic.partitions()));
        }
        if (topic.replicationFactor() != null) {
            declared.add("replication factor " + declared(topic, "replication.factor", topic.replicationFactor()));
        }
        topic.configs().forEach((key, value) -> declared.add(key + "=" + declared(topic, "config." + key, value)));
        return new Deviation(
                named(topic, "name"),
                "the topic " + config.shownName(topic) + " does not exist at "
                        + config.bootstrap().shown()
                        + (declared.isEmpty() ? "" : "; declared are " + String.join(", ", declared)),
                "Create it, or set topics.management=create.");
    }

    void refused(TopicConfig topic, TopicError error) {
        problems.add(sentences(refusal(topic, error)));
        if (cause == null) {
            cause = error.cause();
        }
    }

    /** Returns why the cluster refuses a request for a topic. */
    Deviation refusal(TopicConfig topic, TopicError error) {
        String reason = config.secrets().hide(ThrowableText.reason(error.cause()));
        TopicErrorMessages words = TopicErrorMessages.of(topic, config.shownName(topic), error, reason);
        return new Deviation(named(topic, words.key()), words.problem(), words.advice());
    }

    private static String sentences(Deviation deviation) {
        return deviation.where() + ": " + deviation.what() + ". " + deviation.advice();
    }

    /** Adds the differences of a topic; nothing if there are none. */
    void differs(TopicConfig topic, List<Difference> differences) {
        if (differences.size() == 1) {
            problems.add(sentences(difference(topic, differences.get(0))));
        } else if (!differences.isEmpty()) {
            problems.add(block(topic, differences));
        }
    }

    /** Returns one difference between a topic and its declaration. */
    Deviation difference(TopicConfig topic, Difference only) {
        return new Deviation(
                named(topic, only.key()),
                "declared " + declared(topic, only.key(), only.declared()) + ", actual "
                        + Printable.of(only.actual()) + " in the topic " + config.shownName(topic) + " at "
                        + config.bootstrap().shown(),
                only.advice());
    }

    private String block(TopicConfig topic, List<Difference> differences) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("key", "declared", "actual", "set in"));
        Set<String> advice = new LinkedHashSet<>();
        for (Difference difference : differences) {
            Setting setting = config.settings().get(key(topic, difference.key()));
            rows.add(List.of(
                    difference.key(),
                    declared(topic, difference.key(), difference.declared()),
                    Printable.of(difference.actual()),
                    setting == null ? "" : setting.source()));
            advice.add(difference.advice());
        }
        return "topics." + topic.alias() + ": the topic " + config.shownName(topic) + " at "
                + config.bootstrap().shown() + " is not as declared\n" + aligned(rows)
                + advice.stream().map(sentence -> "\n" + INDENT + sentence).collect(Collectors.joining());
    }

    private static String aligned(List<List<String>> rows) {
        return rows.stream()
                .map(row -> {
                    StringBuilder line = new StringBuilder(INDENT);
                    for (int column = 0; column < row.size(); column++) {
                        int wide = width(rows, column);
                        line.append("  ").append(row.get(column));
                        line.append(" ".repeat(wide - row.get(column).length()));
                    }
                    return line.toString().stripTrailing();
                })
                .collect(Collectors.joining("\n"));
    }

    private static int width(List<List<String>> rows, int column) {
        return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
    }

    /** Returns a key of the topic with the place that set it; without that key, the topic. */
    private String named(TopicConfig topic, String key) {
        Setting setting = config.settings().get(key(topic, key));
        return setting == null ? "topics." + topic.alias() : setting.toString();
    }

    /** Returns a declared value, or the variables if a config provider supplied it. */
    private String declared(TopicConfig topic, String key, Object value) {
        Setting setting = config.settings().get(key(topic, key));
        return setting == null || setting.variables().isEmpty() ? Printable.of(value.toString()) : setting.shown();
    }

    private static String key(TopicConfig topic, String key) {
        return "topics." + topic.alias() + "." + key;
    }

    void throwIfAny() {
        if (!problems.isEmpty()) {
            throw new StartException(problems, cause);
        }
    }
}
