// SPDX-License-Identifier: Apache-2.0
package io.kurier.peers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The jars that an application gets which writes Avro with a registry, by Maven's tree of this module. */
class RuntimeJarsTest {
    private static final Path TREE = Path.of("target", "dependencies.json");
    private static final List<String> FORMAT_AND_KAFKA = List.of("avro", "kafka-clients");

    private final Map<String, Set<String>> dependencies = new HashMap<>();

    RuntimeJarsTest() throws IOException {
        collect(new ObjectMapper().readTree(TREE.toFile()));
    }

    private void collect(JsonNode artifact) {
        Set<String> own =
                dependencies.computeIfAbsent(artifact.required("artifactId").textValue(), name -> new TreeSet<>());
        for (JsonNode dependency : artifact.path("children")) {
            own.add(dependency.required("artifactId").textValue());
            collect(dependency);
        }
    }

    /** Returns artifacts with all that they bring. */
    private Set<String> jars(List<String> artifacts) {
        Set<String> jars = new TreeSet<>();
        Deque<String> open = new ArrayDeque<>(artifacts);
        while (!open.isEmpty()) {
            String artifact = open.remove();
            if (jars.add(artifact)) {
                open.addAll(dependencies.getOrDefault(artifact, Set.of()));
            }
        }
        return jars;
    }

    @Test
    void kurierBringsItsOwnModulesAndAnnotations() {
        Set<String> kurier = jars(List.of("kurier-serializer-avro", "kurier-framings", "kurier-registry"));
        Set<String> apicurio = jars(List.of("apicurio-registry-avro-serde-kafka"));
        System.out.println("jars in all: Kurier " + kurier.size() + ", Apicurio " + apicurio.size());
        kurier.removeAll(jars(FORMAT_AND_KAFKA));
        apicurio.removeAll(jars(FORMAT_AND_KAFKA));
        System.out.println("beside Avro's and Kafka's: Kurier " + kurier + ", Apicurio " + apicurio.size());

        assertThat(kurier)
                .containsExactly(
                        "jspecify",
                        "kurier-api",
                        "kurier-framings",
                        "kurier-registry",
                        "kurier-serializer-avro",
                        "kurier-serializer-support");
        assertThat(apicurio)
                .contains("apicurio-registry-java-sdk", "vertx-core")
                .hasSizeGreaterThan(30);
    }
}
