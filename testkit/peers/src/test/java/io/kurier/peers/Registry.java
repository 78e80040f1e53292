// SPDX-License-Identifier: Apache-2.0
package io.kurier.peers;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;

/**
 * The addresses of the running registry.
 *
 * @param confluentUrl of Confluent's interface
 * @param ownUrl of Apicurio's own
 */
record Registry(String confluentUrl, String ownUrl) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    /** Returns the keys of Kurier's source {@code registry}. */
    Map<String, String> source() {
        return Map.of("schemas", "registry", "schema.registry.url", confluentUrl);
    }

    /** Registers a schema, with no part of Kurier, and returns its id. */
    int register(String subject, String type, String text) {
        try {
            String body = JSON.writeValueAsString(Map.of("schema", text, "schemaType", type));
            return ask("/subjects/" + subject + "/versions", BodyPublishers.ofString(body), "POST")
                    .required("id")
                    .intValue();
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the id of a subject's latest version. */
    int latestId(String subject) {
        return ask("/subjects/" + subject + "/versions/latest", BodyPublishers.noBody(), "GET")
                .required("id")
                .intValue();
    }

    private JsonNode ask(String path, BodyPublisher body, String method) {
        try {
            HttpResponse<String> response = CLIENT.send(
                    HttpRequest.newBuilder(URI.create(confluentUrl + path))
                            .timeout(Duration.ofMinutes(1))
                            .header("Content-Type", "application/vnd.schemaregistry.v1+json")
                            .method(method, body)
                            .build(),
                    BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new IllegalStateException("the registry refused " + method + " " + path + " with "
                        + response.statusCode() + ": " + response.body());
            }
            return JSON.readTree(response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
