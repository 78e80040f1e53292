// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli.tune;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kurier.Printable;
import io.kurier.Topic;
import io.kurier.serializers.media.Blob;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The records of a user's own, which are published again and again.
 *
 * @param file the file that they are from, for people
 * @param serializer the name of their serializer
 * @param type the type of the values
 * @param values the values, at least one
 * @param bytes the size of all values, as they are in the file
 */
public record Sample(String file, String serializer, Class<?> type, List<Object> values, long bytes) {
    /** The largest part of a file that is read into memory; the following lines are not used. */
    static final long MOST_BYTES = 32_000_000;

    private static final String TEXT = "text";
    private static final String JSON = "json";
    private static final String BYTES = "bytes";
    private static final String MEDIA = "media";

    private static final Map<String, Class<?>> TYPES =
            Map.of(TEXT, String.class, JSON, Object.class, BYTES, byte[].class, MEDIA, Blob.class);

    private static final ObjectMapper MAPPER =
            new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    /** Makes the values immutable. */
    public Sample {
        values = List.copyOf(values);
    }

    /** Returns the topic of a type whose values these are. */
    public Topic<String, ?> topic(String alias) {
        return Topic.of(alias, String.class, type);
    }

    /** Returns the average size of a value in bytes, at least 1. */
    long bytesOfOne() {
        return Math.max(1, bytes / values.size());
    }

    /**
     * Reads a file: each line is a record for {@code text} and {@code json}, and the whole file is one for {@code
     * bytes} and {@code media}. Blank lines are left out.
     *
     * @param serializer the name of the serializer, or null to choose it by the file's extension
     * @throws TuneException if there is no such serializer, or the file has no record for it
     */
    public static Sample read(Path file, @Nullable String serializer) {
        String name = serializer == null ? byExtension(file) : serializer;
        if (!TYPES.containsKey(name)) {
            throw TuneException.ofInput(
                    "--serializer " + Printable.of(name)
                            + ": no sample is read for it; text and json take a record from each line, bytes and media"
                            + " one from the whole file",
                    null);
        }
        check(file);
        try {
            return switch (name) {
                case TEXT, JSON -> ofLines(file, name);
                case BYTES -> new Sample(shown(file), name, byte[].class, List.of(whole(file)), Files.size(file));
                default -> new Sample(shown(file), name, Blob.class, List.of(Blob.of(file)), Files.size(file));
            };
        } catch (IOException e) {
            throw TuneException.ofInput(option(file) + "it cannot be read (" + e + ")", e);
        }
    }

    private static String byExtension(Path file) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        return switch (name.substring(name.lastIndexOf('.') + 1)) {
            case "txt", "log", "csv" -> TEXT;
            case "json", "jsonl", "ndjson" -> JSON;
            default -> MEDIA;
        };
    }

    private static void check(Path file) {
        String problem = null;
        if (file.toString().isEmpty()) {
            problem = "the name is empty";
        } else if (!Files.exists(file)) {
            problem = "there is no such file";
        } else if (!Files.isRegularFile(file)) {
            problem = "it is no file; name one with records";
        } else if (!Files.isReadable(file)) {
            problem = "this user may not read it";
        } else if (file.toFile().length() == 0) {
            problem = "it is empty; name a file with records";
        }
        if (problem != null) {
            throw TuneException.ofInput(option(file) + problem, null);
        }
    }

    private static byte[] whole(Path file) throws IOException {
        if (Files.size(file) > MOST_BYTES) {
            throw TuneException.ofInput(
                    option(file) + "it has more than " + MOST_BYTES
                            + " bytes, which is too large for one record; publish it with --serializer media",
                    null);
        }
        return Files.readAllBytes(file);
    }

    private static Sample ofLines(Path file, String serializer) throws IOException {
        List<Object> values = new ArrayList<>();
        long bytes = 0;
        int line = 0;
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            String text = lines.readLine();
            while (text != null && bytes < MOST_BYTES) {
                line++;
                if (!text.isBlank()) {
                    values.add(serializer.equals(JSON) ? json(file, line, text) : text);
                    bytes += text.getBytes(StandardCharsets.UTF_8).length;
                }
                text = lines.readLine();
            }
        } catch (CharacterCodingException e) {
            throw TuneException.ofInput(
                    option(file) + "after line " + line + ": it is not text in UTF-8; convert it, or publish the file"
                            + " as it is with --serializer bytes",
                    e);
        }
        if (values.isEmpty()) {
            throw TuneException.ofInput(option(file) + "all of its lines are blank; name a file with records", null);
        }
        return new Sample(shown(file), serializer, type(serializer), values, bytes);
    }

    private static Class<?> type(String serializer) {
        return serializer.equals(JSON) ? Object.class : String.class;
    }

    /** The value is left out of the message: it may be confidential. */
    private static Object json(Path file, int line, String text) {
        try {
            Object value = MAPPER.readValue(text, Object.class);
            if (value != null) {
                return value;
            }
        } catch (JsonProcessingException e) {
            throw notJson(file, line, "it is not one JSON value", e);
        }
        throw notJson(file, line, "null is no record", null);
    }

    private static TuneException notJson(Path file, int line, String why, @Nullable Throwable cause) {
        return TuneException.ofInput(
                option(file) + "line " + line + ": " + why
                        + "; write one value on each line, or publish the lines with --serializer text",
                cause);
    }

    private static String shown(Path file) {
        return Printable.of(file.toString());
    }

    private static String option(Path file) {
        return "--sample" + (file.toString().isEmpty() ? "" : " " + shown(file)) + ": ";
    }
}
