// SPDX-License-Identifier: Apache-2.0
package io.kurier.connect;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;

/** The REST API of a worker. */
final class WorkerRest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LONG = Duration.ofSeconds(90);

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
    private final DistributedWorker worker;
    private volatile String lastAnswer = "none";

    WorkerRest(DistributedWorker worker) {
        this.worker = worker;
    }

    /** Waits until the worker answers and is a member of its cluster. */
    WorkerRest awaitReady() {
        awaitTrue(
                "the worker is ready", () -> request("GET", "/connectors", null).statusCode() == 200);
        return this;
    }

    /** Creates a connector or changes it; tried again while the workers rebalance. */
    void put(Map<String, String> connector) throws JsonProcessingException {
        String body = JSON.writeValueAsString(connector);
        String path = "/connectors/" + connector.get("name") + "/config";
        awaitTrue("the connector " + connector.get("name") + " is created", () -> {
            int code = request("PUT", path, body).statusCode();
            return code == 200 || code == 201;
        });
    }

    /** Waits until the connector and so many of its tasks run. */
    void awaitRunning(String connector, int tasks) {
        awaitTrue(tasks + " tasks of " + connector + " run", () -> {
            HttpResponse<String> response = request("GET", "/connectors/" + connector + "/status", null);
            if (response.statusCode() != 200) {
                return false;
            }
            JsonNode status = JSON.readTree(response.body());
            List<String> states = new ArrayList<>();
            status.path("tasks").forEach(task -> states.add(task.path("state").asText()));
            if (states.contains("FAILED")) {
                throw new AssertionError(response.body());
            }
            return status.path("connector").path("state").asText().equals("RUNNING")
                    && states.size() == tasks
                    && states.stream().allMatch("RUNNING"::equals);
        });
    }

    /** Returns the address of the worker that runs a task. */
    String workerOf(String connector, int task) throws IOException, InterruptedException {
        JsonNode status = JSON.readTree(
                request("GET", "/connectors/" + connector + "/status", null).body());
        return "http://" + status.path("tasks").path(task).path("worker_id").asText();
    }

    private void awaitTrue(String what, Condition condition) {
        try {
            await(what).atMost(LONG).until(() -> {
                if (!worker.isAlive()) {
                    throw new AssertionError("the worker has ended:\n" + worker.log());
                }
                try {
                    return condition.holds();
                } catch (IOException e) {
                    return false; // it does not listen yet, or asks a worker that is gone
                }
            });
        } catch (ConditionTimeoutException e) {
            throw new AssertionError(what + ": it is not so. The last answer of the worker: " + lastAnswer, e);
        }
    }

    private HttpResponse<String> request(String method, String path, @Nullable String body)
            throws IOException, InterruptedException {
        HttpResponse<String> answer = client.send(
                HttpRequest.newBuilder(URI.create(worker.url() + path))
                        .timeout(Duration.ofSeconds(30))
                        .header("Content-Type", "application/json")
                        .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
        lastAnswer = answer.statusCode() + " " + answer.body();
        return answer;
    }

    private interface Condition {
        boolean holds() throws IOException, InterruptedException;
    }
}
