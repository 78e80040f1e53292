// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kurier.cli.plan.CapacityPlan;
import io.kurier.cli.plan.PlanLine;
import java.io.PrintWriter;

/** Shows a plan to people and to programs. */
final class PlanOutput {
    private final CapacityPlan plan;

    PlanOutput(CapacityPlan plan) {
        this.plan = plan;
    }

    /** Prints each number with its formula. */
    void print(PrintWriter out) {
        Table table = new Table("quantity", "value", "formula");
        for (PlanLine line : plan.lines()) {
            table.row(line.name(), line.value(), line.formula());
        }
        table.print(out);
    }

    String json() {
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode root = mapper.createObjectNode();
        plan.numbers().forEach((name, number) -> root.set(name, mapper.valueToTree(number)));
        ArrayNode warnings = root.putArray("warnings");
        plan.warnings().forEach(warnings::add);
        return root.toString();
    }
}
