// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.kurier.core.internal.start.KafkaVersion;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/** What importing one of the BOMs, as they are published, does to a user's project. */
class BomTest {
    private static final Path BOM = Path.of("../bom/.flattened-pom.xml");
    private static final Path TEST_BOM = Path.of("../bom/test/.flattened-pom.xml");

    /** What an application needs aligned; every other group would be a choice of the user's that is moved. */
    private static final Set<String> ALIGNED_GROUPS = Set.of(
            "io.kurier",
            "org.apache.kafka",
            "at.yawk.lz4",
            "org.xerial.snappy",
            "com.github.luben",
            "org.tukaani",
            "org.apache.avro",
            "com.google.protobuf",
            "org.apache.tika",
            "com.google.crypto.tink",
            "com.google.code.gson",
            "com.google.errorprone",
            "com.google.inject",
            "com.google.guava",
            "org.jspecify");

    private static final Set<String> SERVER =
            Set.of("kafka_2.13", "kafka-server", "kafka-server-common", "kafka-metadata", "kafka-raft");

    private record Managed(String group, String artifact, String version) {
        boolean isJackson() {
            return (group + ".").startsWith("com.fasterxml.jackson.") || (group + ".").startsWith("tools.jackson.");
        }

        String name() {
            return group + ":" + artifact;
        }
    }

    @Test
    void theBomHasWhatAnApplicationNeeds() throws IOException {
        List<Managed> managed = managed(pom(BOM));
        assertThat(managed)
                .contains(
                        new Managed("org.apache.kafka", "kafka-clients", KafkaVersion.found()),
                        new Managed("org.apache.kafka", "connect-api", KafkaVersion.found()),
                        new Managed("org.apache.kafka", "connect-json", KafkaVersion.found()));
        assertThat(names(managed))
                .contains(
                        "com.fasterxml.jackson.core:jackson-databind",
                        "org.apache.avro:avro",
                        "com.google.protobuf:protobuf-java",
                        "org.apache.tika:tika-core",
                        "com.google.crypto.tink:tink",
                        "com.google.inject:guice",
                        "com.google.guava:guava",
                        "org.jspecify:jspecify");
    }

    @Test
    void theBomHasEachModuleThatIsPublished() throws IOException {
        Set<String> published = new TreeSet<>();
        for (String module : List.of(
                "sdk-core", "serializers", "guards", "partitioners", "plugins", "integrations", "testkit", "cli")) {
            try (var files = Files.walk(Path.of("..", module), 2)) {
                for (Path file : files.filter(path -> path.endsWith("pom.xml")).toList()) {
                    if (!Files.readString(file).contains("<maven.deploy.skip>true")) {
                        published.add(text(root(pom(file)), "artifactId"));
                    }
                }
            }
        }
        assertThat(managed(pom(BOM)).stream()
                        .filter(each -> each.group().equals("io.kurier"))
                        .map(Managed::artifact))
                .containsExactlyInAnyOrderElementsOf(published)
                .contains("kurier-core", "kurier-serializer-json", "kurier-plugin-host", "kurier-testkit");
    }

    @Test
    void theBomMovesNothingThatAnApplicationChoosesByItself() throws IOException {
        assertThat(strangers(pom(BOM))).isEmpty();
        assertThat(managed(pom(BOM)))
                .filteredOn(each -> each.group().equals("org.apache.kafka"))
                .extracting(Managed::artifact)
                .containsExactlyInAnyOrder(
                        "kafka-clients", "connect-api", "connect-json", "connect-transforms", "connect-runtime");
    }

    @Test
    void theBomForTestsHasKafkasServerAndScalaBesideIt() throws IOException {
        Set<String> more = names(managed(pom(TEST_BOM)));
        more.removeAll(names(managed(pom(BOM))));
        Set<String> expected =
                SERVER.stream().map(each -> "org.apache.kafka:" + each).collect(Collectors.toSet());
        expected.addAll(Set.of("org.scala-lang:scala-library", "org.scala-lang:scala-reflect"));
        assertThat(more).isEqualTo(expected);
        assertThat(managed(pom(TEST_BOM))).containsAll(managed(pom(BOM)));
    }

    @Test
    void bothBringVersionsAndNothingElse() throws IOException {
        for (Path bom : List.of(BOM, TEST_BOM)) {
            List<String> elements =
                    children(root(pom(bom))).stream().map(Element::getTagName).toList();
            assertThat(elements)
                    .as(bom.toString())
                    .contains("dependencyManagement")
                    .doesNotContain("parent", "properties", "dependencies", "repositories", "build", "modules");
        }
    }

    @Test
    void findsAPlantedStranger() throws IOException {
        Document planted = parse(new ByteArrayInputStream("""
                <project><dependencyManagement><dependencies>
                    <dependency><groupId>io.kurier</groupId><artifactId>kurier-core</artifactId><version>1</version></dependency>
                    <dependency><groupId>org.slf4j</groupId><artifactId>slf4j-api</artifactId><version>1</version></dependency>
                </dependencies></dependencyManagement></project>
                """.getBytes(StandardCharsets.UTF_8)));
        assertThat(strangers(planted)).containsExactly("org.slf4j:slf4j-api");
    }

    private static Set<String> strangers(Document pom) {
        return names(managed(pom).stream()
                .filter(each -> !ALIGNED_GROUPS.contains(each.group()) && !each.isJackson())
                .toList());
    }

    private static Set<String> names(List<Managed> managed) {
        return managed.stream().map(Managed::name).collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<Managed> managed(Document pom) {
        List<Managed> managed = new ArrayList<>();
        for (Element management : children(root(pom), "dependencyManagement")) {
            for (Element dependencies : children(management, "dependencies")) {
                for (Element each : children(dependencies, "dependency")) {
                    managed.add(new Managed(text(each, "groupId"), text(each, "artifactId"), text(each, "version")));
                }
            }
        }
        return managed;
    }

    private static Document pom(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return parse(in);
        }
    }

    private static Document parse(InputStream in) throws IOException {
        try {
            return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(in);
        } catch (ParserConfigurationException | SAXException e) {
            throw new IOException(e);
        }
    }

    private static Element root(Document pom) {
        return pom.getDocumentElement();
    }

    private static String text(Element parent, String name) {
        return children(parent, name).get(0).getTextContent().strip();
    }

    private static List<Element> children(Element parent, String name) {
        return children(parent).stream()
                .filter(child -> child.getTagName().equals(name))
                .toList();
    }

    private static List<Element> children(Element parent) {
        List<Element> elements = new ArrayList<>();
        for (Node child = parent.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element element) {
                elements.add(element);
            }
        }
        return elements;
    }
}
