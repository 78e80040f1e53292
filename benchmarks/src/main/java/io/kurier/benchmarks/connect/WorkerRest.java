// SPDX-License-Identifier: Apache-2.0
package io.kurier.benchmarks.connect;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;

/** The REST interface of a distributed worker, through which it gets its connector. */
final class WorkerRest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LONGEST = Duration.ofMinutes(2);
    private static final Duration LONGEST_ANSWER = Duration.ofSeconds(30);
    private static final int WRONG_PROPERTIES = 400;

    private final HttpClient client = HttpClient.newHttpClient();
    private final String address;

    WorkerRest(int port) {
        this.address = "http://127.0.0.1:" + port;
    }

    /**
     * Creates a connector as soon as the worker takes it.
     *
     * @param process the worker
     * @param log the topic of the import, for the error
     * @throws IllegalStateException if the worker refuses it, ends, or does not take it for two minutes
     */
    void create(Map<String, String> connector, ImportProcess process, TopicLog log) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(address + "/connectors/" + connector.get("name") + "/config"))
                .timeout(LONGEST_ANSWER)
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(connector)))
                .build();
        long deadline = System.nanoTime() + LONGEST.toNanos();
        String last = "none";
        while (System.nanoTime() - deadline < 0) {
            try {
                HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
                if (answer.statusCode() / 100 == 2) {
                    return;
                }
                last = answer.statusCode() + " " + answer.body();
                if (answer.statusCode() == WRONG_PROPERTIES) {
                    break;
                }
            } catch (IOException e) { // it does not listen yet
                last = e.toString();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while a connector was created", e);
            }
            process.checkIsAlive(log);
        }
        throw process.failed("did not take its connector; the last answer of its REST interface: " + last, log);
    }
}
