// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.registry.internal;

import io.kurier.serializers.internal.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads the JSON of responses. What is missing in an answer, or has another type, is one error of the call. */
final class Answers {
    private static final List<String> RULE_KINDS = List.of("domainRules", "migrationRules", "encodingRules");

    private Answers() {}

    /** Wraps a reader, so that an answer of another shape becomes the failure of its call. */
    static <T> Function<Object, T> read(Failure failure, Function<Object, T> reader) {
        return json -> {
            try {
                return reader.apply(json);
            } catch (IllegalArgumentException e) {
                throw new CompletionException(failure.unreadable(200, String.valueOf(e.getMessage())));
            }
        };
    }

    /**
     * Reads a schema.
     *
     * @param id the id if it is known and need not be in the answer; otherwise -1
     * @param format the format if it is known and need not be in the answer; otherwise null, which means Avro
     */
    static StoredSchema schema(Object json, @Nullable String subject, long id, @Nullable String format) {
        Map<?, ?> answer = object(json);
        long read = answer.containsKey("id") || id < 0 ? number(answer, "id") : id;
        String type = answer.get("schemaType") instanceof String text ? text : null;
        return new StoredSchema(
                answer.get("subject") instanceof String text ? text : subject,
                answer.containsKey("version") ? (int) number(answer, "version") : 0,
                read,
                answer.get("guid") instanceof String text ? guid(text) : null,
                type != null ? type.toLowerCase(Locale.ROOT) : format == null ? "avro" : format,
                answer.get("schema") instanceof String text ? text : null,
                references(answer.get("references")),
                rules(answer.get("ruleSet")));
    }

    private static UUID guid(String text) {
        return UUID.fromString(text);
    }

    private static List<SchemaReference> references(@Nullable Object json) {
        List<SchemaReference> references = new ArrayList<>();
        for (Map<?, ?> each : objects(json)) {
            references.add(
                    new SchemaReference(text(each, "name"), text(each, "subject"), (int) number(each, "version")));
        }
        return references;
    }

    private static List<SchemaRule> rules(@Nullable Object json) {
        List<SchemaRule> rules = new ArrayList<>();
        if (json instanceof Map<?, ?> set) {
            for (String kind : RULE_KINDS) {
                for (Map<?, ?> each : objects(set.get(kind))) {
                    rules.add(new SchemaRule(
                            textOr(each, "name", "(without a name)"),
                            textOr(each, "kind", "TRANSFORM"),
                            textOr(each, "mode", "WRITEREAD"),
                            textOr(each, "type", "(without a type)"),
                            each.get("disabled") == Json.Literal.TRUE));
                }
            }
        }
        return rules;
    }

    static Compatibility compatibility(Object json) {
        Map<?, ?> answer = object(json);
        if (!(answer.get("is_compatible") instanceof Json.Literal literal)) {
            throw new IllegalArgumentException("it has no is_compatible");
        }
        List<String> reasons = new ArrayList<>();
        if (answer.get("messages") instanceof List<?> messages) {
            messages.forEach(each -> reasons.add(each instanceof String text ? text : Json.compact(each)));
        }
        return new Compatibility(literal == Json.Literal.TRUE, reasons);
    }

    static List<String> texts(Object json) {
        List<String> texts = new ArrayList<>();
        for (Object each : array(json)) {
            if (!(each instanceof String text)) {
                throw new IllegalArgumentException("it is no list of texts");
            }
            texts.add(text);
        }
        return List.copyOf(texts);
    }

    static List<Integer> numbers(Object json) {
        List<Integer> numbers = new ArrayList<>();
        for (Object each : array(json)) {
            numbers.add((int) number(each));
        }
        return List.copyOf(numbers);
    }

    private static List<?> array(Object json) {
        if (json instanceof List<?> list) {
            return list;
        }
        throw new IllegalArgumentException("it is no JSON array");
    }

    static Map<?, ?> object(Object json) {
        if (json instanceof Map<?, ?> map) {
            return map;
        }
        throw new IllegalArgumentException("it is no JSON object");
    }

    private static List<Map<?, ?>> objects(@Nullable Object json) {
        List<Map<?, ?>> objects = new ArrayList<>();
        if (json instanceof List<?> list) {
            list.forEach(each -> objects.add(object(each)));
        }
        return objects;
    }

    static String text(Map<?, ?> answer, String member) {
        if (answer.get(member) instanceof String text) {
            return text;
        }
        throw new IllegalArgumentException("it has no " + member);
    }

    private static String textOr(Map<?, ?> answer, String member, String otherwise) {
        return answer.get(member) instanceof String text ? text : otherwise;
    }

    private static long number(Map<?, ?> answer, String member) {
        Object value = answer.get(member);
        if (value == null) {
            throw new IllegalArgumentException("it has no " + member);
        }
        return number(value);
    }

    private static long number(Object json) {
        if (json instanceof Json.Num number && number.digits().matches("-?[0-9]{1,18}")) {
            return Long.parseLong(number.digits());
        }
        throw new IllegalArgumentException("a number is expected in it");
    }
}
