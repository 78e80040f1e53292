// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli.schema;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import io.kurier.serializers.internal.compatibility.Direction;
import io.kurier.serializers.internal.compatibility.SchemaRules;
import io.kurier.serializers.internal.compatibility.Violation;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What breaks for whom if one schema follows another. */
public final class SchemaComparison {
    private final SchemaDocument earlier;
    private final SchemaDocument next;

    /** Compares a schema with the one before it. */
    public SchemaComparison(SchemaDocument earlier, SchemaDocument next) {
        this.earlier = earlier;
        this.next = next;
    }

    /**
     * Returns what breaks in a direction, none if nothing does.
     *
     * @throws SchemaException if the schemas cannot be compared
     */
    public List<String> breaks(Direction direction) {
        requireOneFormat(earlier, next);
        try {
            Set<String> lines = new LinkedHashSet<>();
            violations(direction).forEach(violation -> lines.add(violation.toString()));
            return List.copyOf(lines);
        } catch (IllegalArgumentException e) {
            throw SchemaException.wrong(
                    earlier.place() + " and " + next.place() + " cannot be compared: " + e.getMessage(), e);
        }
    }

    static void requireOneFormat(SchemaDocument one, SchemaDocument other) {
        if (!one.format().equals(other.format())) {
            throw SchemaException.wrong(
                    one.place() + " is " + one.format() + " and " + other.place() + " is " + other.format()
                            + "; only schemas of one format can be compared",
                    null);
        }
    }

    private List<Violation> violations(Direction direction) {
        return switch (earlier.format()) {
            case SchemaDocument.AVRO ->
                SchemaRules.avro()
                        .compare(earlier.avro().toString(), next.avro().toString(), direction);
            case SchemaDocument.JSON -> SchemaRules.jsonSchema().compare(earlier.text(), next.text(), direction);
            case SchemaDocument.PROTOBUF -> ofMessages(direction);
            default -> throw new IllegalArgumentException("the format " + earlier.format() + " is not known here");
        };
    }

    private List<Violation> ofMessages(Direction direction) {
        FileDescriptor before = ProtoFiles.of(earlier);
        Map<String, Descriptor> after = ProtoFiles.messages(ProtoFiles.of(next));
        List<Violation> all = new ArrayList<>();
        ProtoFiles.messages(before).forEach((name, message) -> {
            Descriptor same = after.get(name);
            if (same != null) {
                all.addAll(SchemaRules.protobuf().compare(message, same, direction));
            } else if (direction == Direction.BACKWARD) {
                all.add(new Violation(name, "MESSAGE_REMOVED", "records of it can no longer be read"));
            }
        });
        return all;
    }

    /** Returns whether one is an earlier or later state of the other, by its name. */
    static boolean isSameThing(SchemaDocument one, SchemaDocument other) {
        if (!one.format().equals(other.format())) {
            return false;
        }
        List<String> names = one.names();
        return other.names().stream().anyMatch(names::contains);
    }
}
