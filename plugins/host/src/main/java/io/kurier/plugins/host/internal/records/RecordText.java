// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host.internal.records;

import io.kurier.Printable;
import io.kurier.core.internal.errors.ThrowableText;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.connect.connector.ConnectRecord;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * The message of an exception about a record, without the record's values. Transformations and converters quote the
 * value that they cannot process, as {@code Cast} does, and a message reaches logs and terminals.
 */
final class RecordText {
    private static final String HIDDEN = "[hidden]";

    /** What remains of a longer message; no message of Kafka's is as long without a value in it. */
    private static final int MOST_SHOWN = 500;

    /** Of a record with more values, the others are not looked for. */
    private static final int MOST_VALUES = 1_000;

    /** A part of a value that is quoted is recognized from this length on; shorter ones are common words. */
    private static final int SHORTEST_PART = 4;

    private static final Pattern QUOTED = Pattern.compile("\"([^\"]+)\"|'([^']+)'|\\(([^()]+)\\)");

    private final List<String> values = new ArrayList<>();

    private RecordText() {}

    /** Returns the class of an exception with its message and its cause, in which the record's values are hidden. */
    static String reason(Throwable thrown, @Nullable ConnectRecord<?> record) {
        Throwable cause = ThrowableText.cause(thrown);
        String text = ThrowableText.of(thrown) + (cause == null ? "" : "; caused by " + ThrowableText.of(cause));
        if (record == null) {
            return brief(text);
        }
        RecordText hiding = new RecordText();
        try {
            hiding.collect(record);
            return brief(hiding.hide(text));
        } catch (Throwable e) { // the values are code that is not Kurier's
            return thrown.getClass().getName();
        }
    }

    private static String brief(String text) {
        return Printable.of(text.length() <= MOST_SHOWN ? text : text.substring(0, MOST_SHOWN) + "...");
    }

    private void collect(ConnectRecord<?> record) {
        collect(record.key());
        collect(record.value());
        for (Header header : record.headers()) {
            collect(header.value());
        }
        values.sort(Comparator.comparingInt(String::length).reversed());
    }

    private void collect(@Nullable Object value) {
        if (value == null || values.size() >= MOST_VALUES) {
            return;
        }
        if (value instanceof CharSequence || value instanceof Number || value instanceof Date) {
            String text = value.toString();
            if (!text.isBlank()) {
                values.add(text);
            }
        } else if (value instanceof Struct struct) {
            for (Field field : struct.schema().fields()) {
                collect(struct.get(field));
            }
        } else if (value instanceof Map<?, ?> map) {
            map.values().forEach(this::collect);
        } else if (value instanceof Collection<?> collection) {
            collection.forEach(this::collect);
        }
    }

    private String hide(String text) {
        String shown = text;
        for (String value : values) {
            shown = hideWhole(shown, value);
        }
        return QUOTED.matcher(shown).replaceAll(this::hideParts);
    }

    /** Hides a value where it stands by itself: a 1 does not hide the digits of other numbers. */
    private static String hideWhole(String text, String value) {
        int at = text.indexOf(value);
        if (at < 0) {
            return text;
        }
        StringBuilder shown = new StringBuilder(text.length());
        int from = 0;
        while (at >= 0) {
            int end = at + value.length();
            if (!(isWord(text, at - 1) && isWord(text, at)) && !(isWord(text, end - 1) && isWord(text, end))) {
                shown.append(text, from, at).append(HIDDEN);
                from = end;
                at = text.indexOf(value, end);
            } else {
                at = text.indexOf(value, at + 1);
            }
        }
        return shown.append(text, from, text.length()).toString();
    }

    private static boolean isWord(String text, int at) {
        return at >= 0 && at < text.length() && Character.isLetterOrDigit(text.charAt(at));
    }

    private String hideParts(MatchResult quoted) {
        for (int group = 1; group <= quoted.groupCount(); group++) {
            String part = quoted.group(group);
            if (part != null
                    && part.length() >= SHORTEST_PART
                    && values.stream().anyMatch(value -> value.contains(part))) {
                return HIDDEN;
            }
        }
        return Matcher.quoteReplacement(quoted.group());
    }
}
