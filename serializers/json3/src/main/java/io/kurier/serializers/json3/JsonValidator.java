// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.json3;

import com.networknt.schema.ExecutionConfig;
import com.networknt.schema.ExecutionContext;
import com.networknt.schema.OutputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaException;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.kurier.serializers.internal.SchemaFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.NullNode;

/**
 * Validates JSON texts by a JSON Schema; the only class that needs {@code com.networknt:json-schema-validator}, which
 * is optional. Nothing is fetched: references lead into the document, to the class path, or to the published
 * meta-schemas, which the library has. Safe for use by any number of threads.
 */
final class JsonValidator {
    /** A second validation, which collects all violations, is worth its time only for a small text. */
    private static final int SMALL = 64 * 1024;

    /** Exact numbers, and an error for a property that occurs twice: readers disagree on which of the two counts. */
    private static final ObjectReader TREES = JsonMapper.builder()
            .enable(
                    DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS,
                    DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            // its message cannot be shown; those who read one text look for a second one
            .disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build()
            .readerFor(JsonNode.class);

    private final String location;
    private final String text;
    private final @Nullable String title;
    private final Schema schema;
    private final Violations violations;

    private JsonValidator(String location, String text, JsonNode document, Schema schema) {
        this.location = location;
        this.text = text;
        this.title = document.path("title").stringValue(null);
        this.schema = schema;
        this.violations = new Violations(document);
    }

    /**
     * Returns the validator of a schema file.
     *
     * @param key the configuration key, for the error
     * @param location as in {@link SchemaFile#read}
     * @throws ConfigException if the file cannot be read, is not a valid schema, or refers to one that is not here
     * @throws NoClassDefFoundError if the library is not on the class path
     */
    static JsonValidator read(String key, String location) {
        String text = new String(SchemaFile.read(key, location), StandardCharsets.UTF_8);
        JsonNode document;
        try {
            document = TREES.readTree(text);
        } catch (JacksonException e) {
            throw new ConfigException(key, location, "the file is not JSON: " + e.getOriginalMessage());
        }
        try {
            return new JsonValidator(location, text, document, schema(key, location, document));
        } catch (SchemaException e) {
            throw new ConfigException(key, location, reason(e));
        } catch (StackOverflowError e) {
            throw new ConfigException(key, location, "a reference of the schema leads to itself");
        }
    }

    private static Schema schema(String key, String location, JsonNode document) {
        SpecificationVersion dialect = dialect(key, location, document);
        SchemaRegistry registry = SchemaRegistry.withDefaultDialect(
                SpecificationVersion.DRAFT_2020_12,
                builder -> builder.schemaLoader(loader -> loader.fetchRemoteResources(false)));
        List<com.networknt.schema.Error> invalid =
                registry.getSchema(SchemaLocation.of(dialect.getDialectId())).validate(document);
        if (!invalid.isEmpty()) {
            throw new ConfigException(
                    key,
                    location,
                    "it is not a valid JSON Schema: "
                            + invalid.stream()
                                    .limit(Violations.SHOWN)
                                    .map(error ->
                                            "at " + error.getSchemaLocation().getFragment() + " of "
                                                    + dialect.getDialectId() + ", " + error)
                                    .collect(Collectors.joining("; ")));
        }
        Schema schema = registry.getSchema(document);
        schema.initializeValidators();
        schema.validate(NullNode.instance); // a reference that leads to itself fails now
        return schema;
    }

    private static SpecificationVersion dialect(String key, String location, JsonNode document) {
        JsonNode named = document.get("$schema");
        if (named == null) {
            return SpecificationVersion.DRAFT_2020_12;
        }
        return SpecificationVersion.fromDialectId(named.asString())
                .orElseThrow(() -> new ConfigException(
                        key,
                        location,
                        "its $schema is " + named + ", which is not known here. There are "
                                + Arrays.stream(SpecificationVersion.values())
                                        .map(SpecificationVersion::getDialectId)
                                        .collect(Collectors.joining(", "))));
    }

    private static String reason(SchemaException thrown) {
        return thrown.getCause() instanceof IOException missing
                ? "it refers to " + missing.getMessage() + ", which is not in the document, and nothing is fetched."
                        + " Copy that schema into $defs and refer to it as #/$defs/NAME"
                : "it is not a valid JSON Schema: " + thrown.getMessage();
    }

    /** Returns the text of the schema as it is in the file. */
    String text() {
        return text;
    }

    @Nullable
    String title() {
        return title;
    }

    /**
     * Returns what a JSON text violates, for an error, without its values; null if it is valid, or blank: the mapper has
     * an error for that.
     *
     * @param streams have the constraints for parsing
     * @throws JacksonException if the text cannot be parsed
     */
    @Nullable
    String violations(LimitedStreams streams, byte[] json, int offset, int length) {
        @Nullable JsonNode tree;
        try (JsonParser parser = streams.parser(json, offset, length)) {
            tree = tree(parser);
        }
        return tree == null ? null : violations(tree, length);
    }

    /**
     * Returns the next JSON text of a parser as this class validates it: with exact numbers, and no property twice.
     *
     * @return null if only white space is left
     * @throws JacksonException if it cannot be parsed
     */
    static @Nullable JsonNode tree(JsonParser parser) {
        @Nullable JsonNode tree = TREES.readTree(parser);
        return tree == null || tree.isMissingNode() ? null : tree;
    }

    /**
     * Returns what a JSON text violates, for an error, without its values; null if it is valid.
     *
     * @param tree the text, as {@link #tree} returns it
     * @param length its length in bytes
     */
    @Nullable
    String violations(JsonNode tree, int length) {
        List<com.networknt.schema.Error> found = validate(tree, true);
        if (found.isEmpty()) {
            return null;
        }
        if (length <= SMALL) {
            found = validate(tree, false);
        }
        return "it violates the schema " + location + " " + violations.describe(found);
    }

    private List<com.networknt.schema.Error> validate(JsonNode tree, boolean onlyFirst) {
        return schema.validate(
                new BoundedContext(ExecutionConfig.builder().failFast(onlyFirst).build()), tree, OutputFormat.DEFAULT);
    }

    /**
     * Keeps the memory small that violations take: also a valid value has some, in those branches of {@code anyOf} and
     * {@code oneOf} that it does not take, one for each element of an array.
     */
    private static final class BoundedContext extends ExecutionContext {
        private static final int KEPT = 100;

        BoundedContext(ExecutionConfig config) {
            super(config);
        }

        /** Beyond the limit it adds the same again: the number of violations matters, and is compared. */
        @Override
        public void addError(com.networknt.schema.Error error) {
            List<com.networknt.schema.Error> errors = getErrors();
            super.addError(errors.size() < KEPT ? error : errors.get(0));
        }
    }
}
