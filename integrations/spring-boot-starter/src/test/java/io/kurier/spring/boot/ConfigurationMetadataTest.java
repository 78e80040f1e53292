// SPDX-License-Identifier: Apache-2.0
package io.kurier.spring.boot;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kurier.core.internal.config.KeyDescription;
import io.kurier.core.internal.config.PublisherKeys;
import io.kurier.core.internal.config.TopicKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Holds the metadata that IDEs show of the properties to the definitions of the keys. After a change on purpose {@code
 * -Dgolden.update=true} writes the file anew.
 */
class ConfigurationMetadataTest {
    private static final Path FILE = Path.of("src/main/resources/META-INF/spring-configuration-metadata.json");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ALIAS = "topics.<alias>.";
    private static final Pattern WORDS = Pattern.compile("\\[([a-z_, ]+)]");

    @Test
    void isWhatTheDefinitionsSay() throws IOException {
        String current = text(metadata());
        if (Boolean.getBoolean("golden.update")) {
            Files.createDirectories(FILE.getParent());
            Files.writeString(FILE, current);
        }
        assertThat(Files.readString(FILE)).isEqualTo(current);
    }

    @Test
    void hasEveryKeyOfAPublisherWithItsDescriptionAndDefault() throws IOException {
        Map<String, JsonNode> properties = byName(JSON.readTree(FILE.toFile()).path("properties"));
        for (KeyDescription key : PublisherKeys.KEYS.descriptions()) {
            JsonNode property = requireNonNull(properties.get("kurier." + key.key()), key.key());
            assertThat(property.path("description").asText()).isNotEmpty();
            if (key.defaultValue() != null) {
                assertThat(property.path("defaultValue").asText()).isEqualTo(key.defaultValue());
            }
        }
        assertThat(properties)
                .containsKeys("kurier.enabled", "kurier.config-file", "kurier.client.id", "kurier.sasl.jaas.config")
                .doesNotContainKey("kurier.linger.ms");
    }

    @Test
    void hasEveryKeyOfATopicAsAHint() throws IOException {
        JsonNode hint = requireNonNull(
                byName(JSON.readTree(FILE.toFile()).path("hints")).get("kurier.topics.keys"));
        assertThat(StreamSupport.stream(hint.path("values").spliterator(), false)
                        .map(value -> value.path("value").asText()))
                .containsExactlyElementsOf(TopicKeys.KEYS.names().stream()
                        .map(name -> "alias." + name)
                        .toList());
    }

    private static Map<String, JsonNode> byName(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .collect(toMap(each -> each.path("name").asText(), each -> each));
    }

    private static ObjectNode metadata() {
        ObjectNode root = JSON.createObjectNode();
        ArrayNode properties = root.putArray("properties");
        ArrayNode hints = root.putArray("hints");
        property(properties, "enabled", "java.lang.Boolean", "Whether there is a publisher among the beans.", "true");
        property(
                properties,
                "config-file",
                "java.lang.String",
                "A properties file with Kurier's keys, without the prefix 'kurier.'; properties of the application"
                        + " replace them.",
                null);
        PublisherKeys.KEYS.descriptions().forEach(key -> {
            boolean isTopics = key.key().equals("topics");
            property(
                    properties,
                    key.key(),
                    isTopics ? map() : type(key.type()),
                    sentence(key.documentation())
                            + (isTopics
                                    ? " The keys of a topic follow its alias: 'kurier.topics.orders.partitions'."
                                    : ""),
                    key.defaultValue());
            addWords(hints, key);
        });
        connectionKeys()
                .forEach((name, definition) -> property(
                        properties, name, type(definition.type().name()), plain(definition.documentation), null));
        property(properties, "producer", map(), "Keys of Kafka's producer, such as 'kurier.producer.linger.ms'.", null);
        property(
                properties,
                "serializer",
                map(),
                "Keys of a serializer for all topics, after its name, such as 'kurier.serializer.avro.framing'.",
                null);
        ObjectNode topics = hints.addObject().put("name", "kurier.topics.keys");
        ArrayNode values = topics.putArray("values");
        TopicKeys.KEYS
                .descriptions()
                .forEach(key -> values.addObject()
                        .put("value", "alias." + key.key().substring(ALIAS.length()))
                        .put("description", sentence(key.documentation()) + " Default: " + key.shownDefault() + "."));
        anyKey(topics);
        anyKey(hints.addObject().put("name", "kurier.producer.keys"));
        anyKey(hints.addObject().put("name", "kurier.serializer.keys"));
        return root;
    }

    private static void property(
            ArrayNode to, String name, String type, String description, @Nullable String byDefault) {
        ObjectNode property =
                to.addObject().put("name", "kurier." + name).put("type", type).put("description", description);
        if (byDefault == null) {
            return;
        }
        switch (type) {
            case "java.lang.Integer" -> property.put("defaultValue", Integer.parseInt(byDefault));
            case "java.lang.Boolean" -> property.put("defaultValue", Boolean.parseBoolean(byDefault));
            default -> property.put("defaultValue", byDefault);
        }
    }

    private static void addWords(ArrayNode hints, KeyDescription key) {
        Matcher words = WORDS.matcher(key.valid() == null ? "" : key.valid());
        if (words.matches()) {
            ArrayNode values =
                    hints.addObject().put("name", "kurier." + key.key()).putArray("values");
            for (String word : words.group(1).split(", ")) {
                values.addObject().put("value", word);
            }
        }
    }

    private static void anyKey(ObjectNode hint) {
        hint.putArray("providers").addObject().put("name", "any");
    }

    /** The connection keys, which are Kafka's own. */
    private static Map<String, ConfigDef.ConfigKey> connectionKeys() {
        Set<String> names = new TreeSet<>(ProducerConfig.configNames());
        names.retainAll(AdminClientConfig.configNames());
        names.removeIf(name -> !name.matches("client\\.id|(security|ssl|sasl)\\..*"));
        Map<String, ConfigDef.ConfigKey> keys = new TreeMap<>();
        names.forEach(name -> keys.put(
                name, requireNonNull(ProducerConfig.configDef().configKeys().get(name))));
        return keys;
    }

    private static String map() {
        return "java.util.Map<java.lang.String,java.lang.String>";
    }

    private static String type(String kafkas) {
        return switch (kafkas.toLowerCase(Locale.ROOT)) {
            case "int" -> "java.lang.Integer";
            case "long" -> "java.lang.Long";
            case "short" -> "java.lang.Short";
            case "double" -> "java.lang.Double";
            case "boolean" -> "java.lang.Boolean";
            case "list" -> "java.util.List<java.lang.String>";
            default -> "java.lang.String";
        };
    }

    /** Kafka's documentation without its mark-up. */
    private static String plain(String html) {
        return html.replaceAll("<[^>]+>", "").replaceAll("\\s+", " ").strip();
    }

    private static String sentence(String documentation) {
        String text = documentation.replace("`", "'");
        return Character.toUpperCase(text.charAt(0)) + text.substring(1) + ".";
    }

    private static String text(JsonNode json) throws JsonProcessingException {
        DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
        return JSON.writer(new DefaultPrettyPrinter()
                                .withObjectIndenter(indenter)
                                .withArrayIndenter(indenter))
                        .writeValueAsString(json)
                + "\n";
    }
}
