// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.protovalidate;

import build.buf.protovalidate.Violation;
import build.buf.validate.FieldPathElement;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Describes violations by field and rule, such as {@code at items[2].count: int32.gte}. Both are names of the {@code
 * .proto} file: the messages of a rule may have values in them, and the keys of a map are values too, which become
 * {@code *}.
 */
final class Violations {
    private static final int SHOWN = 10;
    private static final int MAX_STEPS = 12;

    private Violations() {}

    /**
     * Returns the description.
     *
     * @param onlyFirst whether there may be more than those that were found
     */
    static String describe(List<Violation> found, boolean onlyFirst) {
        String shown = found.stream()
                .limit(SHOWN)
                .map(violation -> describe(violation.toProto()))
                .distinct()
                .collect(Collectors.joining("; "));
        return shown + (onlyFirst ? ", and perhaps more" : found.size() > SHOWN ? "; and more" : "");
    }

    private static String describe(build.buf.validate.Violation violation) {
        List<FieldPathElement> path = violation.getField().getElementsList();
        String rule = violation.getRuleId().isEmpty() ? "a rule without an id" : violation.getRuleId();
        if (path.isEmpty()) {
            return "as a whole: " + rule;
        }
        return "at "
                + path.stream().limit(MAX_STEPS).map(Violations::step).collect(Collectors.joining("."))
                + (path.size() > MAX_STEPS ? "..." : "")
                + (violation.getForKey() ? " (a key)" : "") + ": " + rule;
    }

    private static String step(FieldPathElement element) {
        return element.getFieldName()
                + switch (element.getSubscriptCase()) {
                    case INDEX -> "[" + element.getIndex() + "]";
                    case SUBSCRIPT_NOT_SET -> "";
                    default -> "[*]"; // the key of a map
                };
    }
}
