// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.registry.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kurier.serializers.internal.ProtoBytes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The options of descriptor.proto that text and descriptor both keep: those with one value. Custom options are left out,
 * since their types are in files that a registry may not have.
 */
enum ProtoOptions {
    FILE(
            50,
            "1 java_package string, 8 java_outer_classname string, 9 optimize_for _ SPEED CODE_SIZE LITE_RUNTIME,"
                    + " 10 java_multiple_files bool, 11 go_package string, 16 cc_generic_services bool,"
                    + " 17 java_generic_services bool, 18 py_generic_services bool,"
                    + " 20 java_generate_equals_and_hash bool, 23 deprecated bool, 27 java_string_check_utf8 bool,"
                    + " 31 cc_enable_arenas bool, 36 objc_class_prefix string, 37 csharp_namespace string,"
                    + " 39 swift_prefix string, 40 php_class_prefix string, 41 php_namespace string,"
                    + " 44 php_metadata_namespace string, 45 ruby_package string"),
    MESSAGE(
            12,
            "1 message_set_wire_format bool, 2 no_standard_descriptor_accessor bool, 3 deprecated bool,"
                    + " 7 map_entry bool, 11 deprecated_legacy_json_field_conflicts bool"),
    FIELD(
            21,
            "1 ctype STRING CORD STRING_PIECE, 2 packed bool, 3 deprecated bool, 5 lazy bool,"
                    + " 6 jstype JS_NORMAL JS_STRING JS_NUMBER, 10 weak bool, 15 unverified_lazy bool,"
                    + " 16 debug_redact bool, 17 retention RETENTION_UNKNOWN RETENTION_RUNTIME RETENTION_SOURCE"),
    ENUM(7, "2 allow_alias bool, 3 deprecated bool, 6 deprecated_legacy_json_field_conflicts bool"),
    VALUE(2, "1 deprecated bool, 3 debug_redact bool"),
    ONEOF(1, ""),
    SERVICE(34, "33 deprecated bool"),
    METHOD(35, "33 deprecated bool, 34 idempotency_level IDEMPOTENCY_UNKNOWN NO_SIDE_EFFECTS IDEMPOTENT");

    static final String MAP_ENTRY = "map_entry";
    static final String MESSAGE_SET = "message_set_wire_format";

    private static final String FEATURES = "features.";
    private static final List<Option> FEATURE_OPTIONS =
            options("1 field_presence _ EXPLICIT IMPLICIT LEGACY_REQUIRED, 2 enum_type _ OPEN CLOSED,"
                    + " 3 repeated_field_encoding _ PACKED EXPANDED, 4 utf8_validation _ _ VERIFY NONE,"
                    + " 5 message_encoding _ LENGTH_PREFIXED DELIMITED, 6 json_format _ ALLOW LEGACY_BEST_EFFORT,"
                    + " 7 enforce_naming_style _ STYLE2024 STYLE_LEGACY STYLE2026,"
                    + " 8 default_symbol_visibility _ EXPORT_ALL EXPORT_TOP_LEVEL LOCAL_ALL STRICT");

    private final int featuresNumber;
    private final List<Option> known;

    /**
     * An option.
     *
     * @param values the names of an enum by their numbers; null for strings and booleans
     */
    private record Option(
            int number,
            String name,
            boolean isString,
            @Nullable List<String> values) {

        /** Returns the value in a text; null if the option has no value of this kind. */
        @Nullable
        String text(byte[] bytes, ProtoBytes field) {
            if (isString) {
                return field.type() == ProtoBytes.BYTES
                        ? ProtoStrings.quoted(new String(bytes, field.content(), field.to() - field.content(), UTF_8))
                        : null;
            }
            if (field.type() != 0) {
                return null;
            }
            long value = ProtoBytes.varint(bytes, field.content(), field.to());
            if (values == null) {
                return value != 0 ? "true" : "false";
            }
            return value >= 0 && value < values.size() ? values.get((int) value) : null;
        }

        boolean allows(String text) {
            if (isString) {
                return text.startsWith("\"");
            }
            return values == null ? text.equals("true") || text.equals("false") : values.contains(text);
        }

        void write(String text, ProtoWriter out) {
            if (isString) {
                out.bytes(number, ProtoStrings.unescape(text.substring(1, text.length() - 1)));
            } else {
                out.varint(number, values != null ? values.indexOf(text) : text.equals("true") ? 1 : 0);
            }
        }
    }

    ProtoOptions(int featuresNumber, String known) {
        this.featuresNumber = featuresNumber;
        this.known = options(known);
    }

    private static List<Option> options(String table) {
        List<Option> options = new ArrayList<>();
        for (String each : table.isEmpty() ? new String[0] : table.split(", ", -1)) {
            List<String> words = Arrays.asList(each.split(" ", -1));
            String type = words.get(2);
            boolean isEnum = !type.equals("string") && !type.equals("bool");
            options.add(new Option(
                    Integer.parseInt(words.get(0)),
                    words.get(1),
                    type.equals("string"),
                    isEnum ? List.copyOf(words.subList(2, words.size())) : null));
        }
        return List.copyOf(options);
    }

    /** Returns whether an option can have a value; false for options that are not kept. */
    boolean keeps(String name, String value) {
        boolean feature = name.startsWith(FEATURES);
        String simpleName = feature ? name.substring(FEATURES.length()) : name;
        return (feature ? FEATURE_OPTIONS : known)
                .stream()
                        .anyMatch(option ->
                                option.name().equals(simpleName) && !value.equals("_") && option.allows(value));
    }

    /** Returns the options in the bytes of their message. */
    Map<String, String> read(byte[] bytes, ProtoBytes options) {
        Map<String, String> found = new TreeMap<>();
        for (ProtoBytes field : ProtoBytes.in(bytes, options.content(), options.to())) {
            if (field.number() == featuresNumber && field.type() == ProtoBytes.BYTES) {
                for (ProtoBytes feature : ProtoBytes.in(bytes, field.content(), field.to())) {
                    add(FEATURES, FEATURE_OPTIONS, bytes, feature, found);
                }
            } else {
                add("", known, bytes, field, found);
            }
        }
        return Collections.unmodifiableMap(found);
    }

    private static void add(
            String prefix, List<Option> known, byte[] bytes, ProtoBytes field, Map<String, String> found) {
        for (Option option : known) {
            String value = option.number() == field.number() ? option.text(bytes, field) : null;
            if (value != null && !value.equals("_")) {
                found.put(prefix + option.name(), value);
            }
        }
    }

    /** Writes the options as a field, if there are any. */
    void write(int number, Map<String, String> options, ProtoWriter out) {
        if (options.isEmpty()) {
            return;
        }
        ProtoWriter written = new ProtoWriter();
        ProtoWriter features = new ProtoWriter();
        boolean hasFeatures = false;
        for (Option option : FEATURE_OPTIONS) {
            String value = options.get(FEATURES + option.name());
            if (value != null) {
                option.write(value, features);
                hasFeatures = true;
            }
        }
        for (Option option : known) {
            if (hasFeatures && option.number() > featuresNumber) {
                written.message(featuresNumber, features);
                hasFeatures = false;
            }
            String value = options.get(option.name());
            if (value != null) {
                option.write(value, written);
            }
        }
        if (hasFeatures) {
            written.message(featuresNumber, features);
        }
        out.message(number, written);
    }
}
