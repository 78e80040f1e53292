// SPDX-License-Identifier: Apache-2.0
package io.kurier.testkit.schema;

import com.google.protobuf.Descriptors.Descriptor;
import io.kurier.serializers.internal.compatibility.Direction;
import io.kurier.serializers.internal.compatibility.SchemaRules;
import io.kurier.serializers.internal.compatibility.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/**
 * Asserts in a unit test that a new version of a schema and the versions before it can read each other's records, so
 * that an incompatible change fails the build instead of a consumer.
 *
 * <pre>{@code
 * SchemaCompatibility.avro(Files.readString(Path.of("schemas/order-v1.avsc")))
 *         .full(Files.readString(Path.of("schemas/order-v2.avsc")));
 * }</pre>
 *
 * <p>The levels are those of schema registries:
 *
 * <ul>
 *   <li>{@code backward}: readers with the new schema read records of the earlier versions; consumers are updated first.
 *   <li>{@code forward}: readers with an earlier version read records of the new schema; producers are updated first.
 *   <li>{@code full}: both.
 * </ul>
 *
 * <p>Each earlier version that is passed is compared with the new schema. All versions that a topic has records of make
 * the check transitive; the last one alone makes it that of registries without {@code _TRANSITIVE}.
 *
 * <p>The library of the format has to be on the class path of the tests: Avro, protobuf-java, or Jackson for JSON
 * Schema. Safe for use by any number of threads.
 *
 * @param <S> what a schema is given as: a text, a Protobuf {@code Descriptor}, or the bytes of a descriptor set
 */
public final class SchemaCompatibility<S> {
    private final List<S> earlier;
    private final SchemaRules<S> rules;

    private SchemaCompatibility(List<S> earlier, SchemaRules<S> rules) {
        if (earlier.isEmpty()) {
            throw new IllegalArgumentException("earlier: at least one earlier version of the schema is needed");
        }
        this.earlier = List.copyOf(earlier);
        this.rules = rules;
    }

    /**
     * Compares Avro schemas by the rules of Avro's own {@code org.apache.avro.SchemaCompatibility}. A reader's aliases
     * count.
     *
     * @param earlier the earlier versions as JSON, as in a file {@code .avsc}, oldest first; at least one
     */
    public static SchemaCompatibility<String> avro(String... earlier) {
        return new SchemaCompatibility<>(List.of(earlier), SchemaRules.avro());
    }

    /**
     * Compares Protobuf messages with all messages that they contain, by field numbers. Names of fields do not matter,
     * as in Protobuf's binary format. A change of type that the Protobuf documentation calls compatible is allowed,
     * such as {@code int32} to {@code int64}.
     *
     * @param earlier the descriptors of the earlier versions, oldest first; at least one
     */
    public static SchemaCompatibility<Descriptor> protobuf(Descriptor... earlier) {
        return new SchemaCompatibility<>(List.of(earlier), SchemaRules.protobuf());
    }

    /**
     * Compares a message of descriptor sets; see {@link #protobuf(Descriptor...)}. Versions of one file, which cannot
     * be generated into the same classes, are compared so.
     *
     * @param message the full name of the message, such as {@code com.example.Order}
     * @param earlier the descriptor sets of the earlier versions, oldest first; at least one. Each is the content of a
     *     file that {@code protoc --include_imports --descriptor_set_out=FILE} writes.
     */
    public static SchemaCompatibility<byte[]> protobuf(String message, byte[]... earlier) {
        Objects.requireNonNull(message, "message");
        return of(List.of(earlier), SchemaRules.protobuf(), set -> DescriptorSets.message(message, set));
    }

    /**
     * Compares JSON Schemas of draft 6 and newer by what a reader that validates would refuse.
     *
     * <p>Local references ({@code #/$defs/...}) are followed; others are an {@link IllegalArgumentException}, since
     * nothing is fetched. Additional properties of an open object are ignored: a property that is added to it may
     * already occur with another type.
     *
     * @param earlier the earlier versions as JSON, oldest first; at least one
     */
    public static SchemaCompatibility<String> jsonSchema(String... earlier) {
        return new SchemaCompatibility<>(List.of(earlier), SchemaRules.jsonSchema());
    }

    private static <S, T> SchemaCompatibility<S> of(List<S> earlier, SchemaRules<T> rules, Function<S, T> read) {
        return new SchemaCompatibility<>(
                earlier, (before, next, direction) -> rules.compare(read.apply(before), read.apply(next), direction));
    }

    /**
     * Asserts that readers with the new schema read records of each earlier version.
     *
     * @throws AssertionError if they do not; it names the version, the fields and the rules
     * @throws IllegalArgumentException if a schema is not valid
     */
    public void backward(S next) {
        check(next, List.of(Direction.BACKWARD));
    }

    /**
     * Asserts that readers with an earlier version, each of them, read records of the new schema.
     *
     * @throws AssertionError if they do not; it names the version, the fields and the rules
     * @throws IllegalArgumentException if a schema is not valid
     */
    public void forward(S next) {
        check(next, List.of(Direction.FORWARD));
    }

    /**
     * Asserts both {@link #backward} and {@link #forward}.
     *
     * @throws AssertionError if one of them does not hold; it names the version, the fields, the rules and the direction
     * @throws IllegalArgumentException if a schema is not valid
     */
    public void full(S next) {
        check(next, List.of(Direction.BACKWARD, Direction.FORWARD));
    }

    private void check(S next, List<Direction> directions) {
        Objects.requireNonNull(next, "next");
        List<String> failures = new ArrayList<>();
        for (int version = 0; version < earlier.size(); version++) {
            for (Direction direction : directions) {
                List<Violation> violations = rules.compare(earlier.get(version), next, direction);
                if (!violations.isEmpty()) {
                    failures.add(describe(version, direction, violations));
                }
            }
        }
        if (!failures.isEmpty()) {
            throw new AssertionError(String.join("\n", failures));
        }
    }

    private String describe(int version, Direction direction, List<Violation> violations) {
        StringBuilder text = new StringBuilder("not ")
                .append(direction.level())
                .append(" compatible with version ")
                .append(version + 1)
                .append(" of ")
                .append(earlier.size())
                .append(": ")
                .append(direction.meaning());
        violations.stream().distinct().forEach(each -> text.append("\n  ").append(each));
        return text.toString();
    }
}
