// SPDX-License-Identifier: Apache-2.0
package com.example.dropin;

import static com.example.dropin.DropIn.READINGS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kurier.Publisher;
import io.kurier.Receipt;
import io.kurier.StartException;
import io.kurier.testkit.FakeKafka;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The application's class path has none of the plugins: they are in the jars that the tests drop. */
class DropInTest {
    private static final Path CSV = Path.of("../custom-serializer/target/classes");
    private static final Path REGION = Path.of("plugin/target/classes");

    @TempDir
    private Path plugins;

    private final FakeKafka kafka = new FakeKafka();

    @Test
    void aDroppedJarIsAllThatIsNeeded() throws IOException {
        drop(CSV, "csv/csv.jar");
        drop(REGION, "region.jar");
        kafka.partitions("readings", 3);

        try (Publisher publisher = kafka.start(config(), READINGS)) {
            Receipt receipt = DropIn.publish(publisher);

            assertThat(receipt.partition()).isEqualTo(Math.floorMod("north".hashCode(), 3));
        }

        assertThat(kafka.records(READINGS))
                .singleElement()
                .satisfies(record -> assertThat(record.value()).asString().isEqualTo("\"2026-11-24\";\"21.5\""));
    }

    @Test
    void withoutTheJarsTheStartSaysWhatIsMissing() {
        assertThatThrownBy(() -> kafka.start(config(), READINGS).close())
                .isInstanceOf(StartException.class)
                .hasMessageContaining("no serializer is named \"csv\".")
                .hasMessageContaining("no partitioner is named \"region\".")
                .hasMessageContaining("Add the plugin's jar to the class path, or to a folder of plugin.path.");
    }

    @Test
    void aJarThatWasCutShortIsNamed() throws IOException {
        Files.writeString(plugins.resolve("csv.jar"), "PK");
        assertThatThrownBy(() -> kafka.start(config(), READINGS).close())
                .isInstanceOf(StartException.class)
                .hasMessageContaining(
                        "Cannot be used: " + plugins.getFileName() + "/csv.jar: not a jar, or cut short (2 bytes).");
    }

    private Map<String, String> config() {
        Map<String, String> config = new HashMap<>(DropIn.CONFIG);
        config.put("plugin.path", plugins.toString());
        return config;
    }

    private void drop(Path classes, String name) throws IOException {
        Path jar = plugins.resolve(name);
        Files.createDirectories(jar.getParent());
        int failed = ToolProvider.findFirst("jar")
                .orElseThrow()
                .run(System.out, System.err, "--create", "--file", jar.toString(), "-C", classes.toString(), ".");
        assertThat(failed).isZero();
    }
}
