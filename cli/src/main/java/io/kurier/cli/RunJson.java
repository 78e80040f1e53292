// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kurier.cli.run.ConnectorActivity;
import io.kurier.cli.run.RunResult;
import java.io.PrintWriter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Shows connectors to programs: one JSON object a line on standard output, each with the field {@code event}. */
final class RunJson implements RunView {
    private final ObjectMapper json = new ObjectMapper();
    private final PrintWriter out;
    private final Map<String, String> states = new HashMap<>();

    RunJson(PrintWriter out) {
        this.out = out;
    }

    private ObjectNode event(String name) {
        return json.createObjectNode().put("event", name);
    }

    @Override
    public synchronized void started(List<String> connectors, String offsets) {
        ObjectNode event = event("started");
        ArrayNode names = event.putArray("connectors");
        connectors.forEach(names::add);
        out.println(event.put("offsets", offsets));
    }

    @Override
    public synchronized void running(List<ConnectorActivity> connectors, boolean periodic) {
        for (ConnectorActivity connector : connectors) {
            String before = states.put(connector.name(), connector.state());
            if (periodic || (before != null && !before.equals(connector.state()))) {
                out.println(fields(event("status"), connector));
            }
        }
    }

    private ObjectNode fields(ObjectNode object, ConnectorActivity connector) {
        object.put("connector", connector.name())
                .put("state", connector.state())
                .put("records", connector.records())
                .put("recordsPerSecond", Sizes.rounded(connector.recordsPerSecond()))
                .put("bytes", connector.bytes())
                .put("bytesPerSecond", Sizes.rounded(connector.bytesPerSecond()));
        object.set("sourcePartition", json.valueToTree(connector.partition()));
        object.set("sourceOffset", json.valueToTree(connector.offset()));
        object.put("lagBytes", connector.remainingBytes() < 0 ? null : connector.remainingBytes());
        return object.put("rejected", connector.rejected())
                .put("restarts", connector.restarts())
                .put("error", connector.error());
    }

    @Override
    public synchronized void taskFailed(String connector, int task, String reason, boolean restarts) {
        out.println(event("failed")
                .put("connector", connector)
                .put("task", task)
                .put("reason", reason)
                .put("restarts", restarts));
    }

    @Override
    public synchronized void rejected(String connector, String source, String position, String reason) {
        out.println(event("rejected")
                .put("connector", connector)
                .put("source", source)
                .put("position", position)
                .put("reason", reason));
    }

    /** The status counts them. */
    @Override
    public void rejectsMore(String connector) {}

    @Override
    public synchronized void offsetsFailing(String reason) {
        out.println(event("offsets-failing").put("reason", reason));
    }

    @Override
    public synchronized void ended(RunResult result) {
        ObjectNode event = event("ended")
                .put("ok", result.isComplete())
                .put("interrupted", result.interrupted())
                .put("seconds", Sizes.rounded(result.time().toNanos() / 1e9));
        ArrayNode problems = event.putArray("problems");
        result.problems().forEach(problems::add);
        ArrayNode connectors = event.putArray("connectors");
        result.connectors().forEach(connector -> {
            ObjectNode object = connectors.addObject();
            fields(object, connector).put("failed", connector.failed());
            object.remove(List.of("state", "recordsPerSecond", "bytesPerSecond"));
        });
        out.println(event);
    }
}
