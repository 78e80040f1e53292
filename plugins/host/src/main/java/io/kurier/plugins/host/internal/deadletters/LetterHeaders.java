// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host.internal.deadletters;

import io.kurier.ArrayHeaders;
import io.kurier.core.internal.errors.ThrowableText;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * The headers of a dead letter that say what happened, with the names and the form (text in UTF-8) that Kafka Connect's
 * {@code DeadLetterQueueReporter} gives them, and two of Kurier's for the source.
 */
final class LetterHeaders {
    static final String PREFIX = "__connect.errors.";
    static final String TOPIC = "topic";
    static final String CONNECTOR = "connector.name";
    static final String TASK = "task.id";
    static final String STAGE = "stage";
    static final String CLASS = "class.name";
    static final String EXCEPTION = "exception.class.name";
    static final String MESSAGE = "exception.message";
    static final String STACK_TRACE = "exception.stacktrace";

    /** The source partition as JSON, or the name of the input. */
    static final String SOURCE = "kurier.source";

    /** The source offset as JSON, or the position in the input. */
    static final String POSITION = "kurier.position";

    /** Why a dead letter that was sent to a topic has less content than the record had. */
    static final String OMITTED = "kurier.omitted";

    /** In characters, so that the headers do not make a dead letter too large. */
    private static final int MOST_TEXT = 10_000;

    private LetterHeaders() {}

    /** Returns what Connect's headers say, by their names without the prefix, in Connect's order. */
    static Map<String, String> words(DeadLetter letter) {
        Map<String, String> words = new LinkedHashMap<>();
        put(words, TOPIC, letter.topic());
        put(words, CONNECTOR, letter.connector());
        put(words, TASK, String.valueOf(letter.task()));
        put(words, STAGE, letter.stage());
        put(words, CLASS, letter.executing());
        Throwable error = letter.error();
        if (error != null) {
            put(words, EXCEPTION, error.getClass().getName());
        }
        put(words, MESSAGE, letter.reason());
        if (error != null) {
            put(words, STACK_TRACE, stackTrace(error));
        }
        return words;
    }

    private static void put(Map<String, String> words, String name, @Nullable String text) {
        if (text != null) {
            words.put(name, text.length() > MOST_TEXT ? text.substring(0, MOST_TEXT) + "..." : text);
        }
    }

    private static String stackTrace(Throwable error) {
        try {
            StringWriter text = new StringWriter();
            ThrowableText.loggable(error).printStackTrace(new PrintWriter(text));
            return text.toString();
        } catch (Throwable e) { // memory or stack is exhausted
            return ThrowableText.of(error);
        }
    }

    /** Adds the headers of a dead letter. */
    static void addTo(List<Header> headers, DeadLetter letter) {
        words(letter).forEach((name, text) -> headers.add(header(PREFIX + name, text)));
        headers.add(header(SOURCE, letter.source()));
        headers.add(header(POSITION, letter.position()));
    }

    static Header header(String name, String text) {
        return ArrayHeaders.header(name, text.getBytes(StandardCharsets.UTF_8));
    }
}
