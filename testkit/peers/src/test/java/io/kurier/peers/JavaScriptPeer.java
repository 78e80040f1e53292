// SPDX-License-Identifier: Apache-2.0
package io.kurier.peers;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** Confluent's serializers for JavaScript, in a process of Node.js. For one thread. */
final class JavaScriptPeer implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String LOG = "peer.log";

    private final Process process;
    private final BufferedReader answers;

    private JavaScriptPeer(Process process) {
        this.process = process;
        answers = process.inputReader(UTF_8);
    }

    /** Installs it, unless an earlier run has, and starts it; skips the test if it cannot be installed. */
    static JavaScriptPeer start() throws IOException, InterruptedException {
        Path folder = NodePackages.install();
        return new JavaScriptPeer(new ProcessBuilder("node", "peer.js")
                .directory(folder.toFile())
                .redirectError(folder.resolve(LOG).toFile())
                .start());
    }

    /**
     * A record as the peer has written it.
     *
     * @param headers by name, one each
     */
    record Written(byte[] value, Map<String, byte[]> headers) {}

    /** Reads a record; returns its value as JSON, for Protobuf beside the name of its type. */
    JsonNode read(String format, String topic, String url, Headers headers, byte[] value) {
        ObjectNode request = request("read", format, topic, url).put("value", value);
        ObjectNode encoded = request.putObject("headers");
        for (Header header : headers) {
            encoded.put(header.key(), Objects.requireNonNull(header.value()));
        }
        return ask(request);
    }

    /**
     * Writes a record of the latest version of the topic's subject.
     *
     * @param inHeader whether the header has the schema's GUID; the value begins with the id otherwise
     * @param protobuf what Protobuf is written with; null for other formats
     */
    Written write(
            String format,
            String topic,
            String url,
            boolean inHeader,
            JsonNode value,
            @Nullable ProtobufType protobuf) {
        ObjectNode request = request("write", format, topic, url).put("inHeader", inHeader);
        request.set("json", value);
        if (protobuf != null) {
            request.put("type", protobuf.name()).put("descriptor", protobuf.file());
        }
        JsonNode answer = ask(request);
        Map<String, byte[]> headers = new HashMap<>();
        answer.required("headers")
                .properties()
                .forEach(header -> headers.put(header.getKey(), bytes(header.getValue())));
        return new Written(bytes(answer.required("value")), headers);
    }

    /**
     * A message type.
     *
     * @param name the full name
     * @param file its file, as a serialized descriptor
     */
    record ProtobufType(String name, byte[] file) {}

    private static ObjectNode request(String op, String format, String topic, String url) {
        return JSON.createObjectNode()
                .put("op", op)
                .put("format", format)
                .put("topic", topic)
                .put("url", url);
    }

    private static byte[] bytes(JsonNode base64) {
        try {
            return base64.binaryValue();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private JsonNode ask(ObjectNode request) {
        try {
            process.getOutputStream().write((request + "\n").getBytes(UTF_8));
            process.getOutputStream().flush();
            JsonNode answer =
                    JSON.readTree(Objects.requireNonNull(answers.readLine(), () -> "node has ended; see its " + LOG));
            if (answer.has("error")) {
                throw new IllegalStateException(answer.get("error").textValue());
            }
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
