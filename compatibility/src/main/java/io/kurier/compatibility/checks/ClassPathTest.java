// SPDX-License-Identifier: Apache-2.0
package io.kurier.compatibility.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.jar.JarFile;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.connect.source.SourceTask;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** This process has the clients of the cell, and they have everything that the jars of this build refer to. */
class ClassPathTest {
    private static final String KURIER = "kurier-";

    /** The interface came with 4.1, and so did its callers. */
    private static final String ONLY_WHERE_IT_IS_THERE = "org/apache/kafka/common/metrics/PluginMetrics, to which"
            + " io/kurier/plugins/host/ContextMetrics$Registered.class refers";

    @Test
    @Tag(Checks.ANY_VERSION)
    void hasTheVersionThatTheCellNames() throws Exception {
        Properties version = new Properties();
        try (InputStream properties = KafkaProducer.class.getResourceAsStream("/kafka/kafka-version.properties")) {
            version.load(properties);
        }
        assertThat(version.getProperty("version")).isEqualTo(Cluster.CLIENT);
        for (Class<?> kafkas : List.of(KafkaProducer.class, SourceTask.class)) {
            assertThat(kafkas.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toString())
                    .endsWith("-" + Cluster.CLIENT + ".jar");
        }
    }

    @Test
    @Tag(Checks.ANY_VERSION)
    void hasNoServerOfKafkas() {
        assertThatThrownBy(() -> Class.forName("kafka.server.KafkaConfig")).isInstanceOf(ClassNotFoundException.class);
        assertThatThrownBy(() -> Class.forName("org.apache.kafka.server.ServerSocketFactory"))
                .isInstanceOf(ClassNotFoundException.class);
    }

    @Test
    void hasEveryClassAndMemberOfKafkasThatOurJarsReferTo() throws Exception {
        List<String> missing = new ArrayList<>();
        int references = 0;
        for (Path jar : ourJars()) {
            try (JarFile file = new JarFile(jar.toFile())) {
                References found = References.of(file);
                references += found.count();
                missing.addAll(found.missing());
            }
        }
        boolean before41 = Cluster.CLIENT.startsWith("3.") || Cluster.CLIENT.startsWith("4.0.");
        assertThat(missing).isEqualTo(before41 ? List.of(ONLY_WHERE_IT_IS_THERE) : List.of());
        assertThat(references).isGreaterThan(500);
    }

    private static List<Path> ourJars() {
        List<Path> jars = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            Path path = Path.of(entry);
            if (path.getFileName().toString().startsWith(KURIER)) {
                jars.add(path);
            }
        }
        assertThat(jars).hasSizeGreaterThan(10);
        return jars;
    }
}
