// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The list of dependencies that a build of all modules writes before this module is tested; a build without a network, with
 * {@code -Dquick} or of some modules writes none of all, and skips this.
 */
class SbomTest {
    private static final Path SBOM = Path.of("../target/kurier-sbom.json");
    private static final Path BOM = Path.of("../bom/pom.xml");
    private static final Pattern OF_KURIER =
            Pattern.compile("<groupId>io\\.kurier</groupId><artifactId>([^<]+)</artifactId>");

    @Test
    void listsWhatIsPublishedAndWhatThatDependsOn() throws IOException {
        JsonNode sbom = sbom();
        assertThat(names(sbom, "io.kurier"))
                .as("all that the BOM has, the two BOMs, and nothing else")
                .containsExactlyInAnyOrderElementsOf(published());
        String kafka = matches(Pattern.compile("<kafka\\.version>([^<]+)<")).get(0);
        assertThat(purls(sbom))
                .contains("pkg:maven/org.apache.kafka/kafka-clients@" + kafka + "?type=jar")
                .noneMatch(purl -> purl.contains("/assertj-core@") || purl.contains("/archunit"));
    }

    @Test
    void isTheSameForTheSameSources() throws IOException {
        JsonNode sbom = sbom();
        assertThat(sbom.has("serialNumber")).isFalse();
        assertThat(sbom.get("metadata").has("timestamp")).isFalse();
    }

    private static JsonNode sbom() throws IOException {
        assumeTrue(Files.exists(SBOM), "no list: built without a network or with -Dquick");
        JsonNode sbom = new ObjectMapper().readTree(SBOM.toFile());
        assumeTrue(names(sbom, "io.kurier").containsAll(published()), "not a build of all modules");
        return sbom;
    }

    private static List<String> published() throws IOException {
        return Stream.concat(Stream.of("kurier-bom", "kurier-test-bom"), matches(OF_KURIER).stream())
                .toList();
    }

    private static List<String> matches(Pattern pattern) throws IOException {
        List<String> found = pattern.matcher(Files.readString(BOM))
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList();
        assertThat(found).isNotEmpty();
        return found;
    }

    private static List<String> names(JsonNode sbom, String group) {
        List<String> names = new ArrayList<>();
        for (JsonNode component : sbom.get("components")) {
            if (component.path("group").asText().equals(group)) {
                names.add(component.get("name").asText());
            }
        }
        return names;
    }

    private static List<String> purls(JsonNode sbom) {
        List<String> purls = new ArrayList<>();
        sbom.get("components")
                .forEach(component -> purls.add(component.path("purl").asText()));
        return purls;
    }
}
