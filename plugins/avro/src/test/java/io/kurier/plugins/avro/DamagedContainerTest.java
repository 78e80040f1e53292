// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.avro;

import static org.assertj.core.api.Assertions.assertThat;

import io.kurier.plugins.avro.Containers.Written;
import io.kurier.plugins.files.ConnectorRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that are cut or changed at every single byte. */
@Timeout(300)
class DamagedContainerTest {
    private static final int BLOCKS = 4;
    private static final int EACH = 3;

    /** Those with a checksum; what Avro writes by default as zstandard has none. */
    private static final List<String> CHECKED = List.of("bzip2", "xz", "snappy", "zstandard");

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"null", "deflate", "bzip2", "xz", "snappy", "zstandard"})
    void aFileThatIsCutGivesItsWholeBlocksAndNamesTheRest(String codec) throws IOException {
        Written file = Containers.rows(codec, BLOCKS, EACH);
        for (int cut = 0; cut < file.bytes().length; cut++) {
            try (ConnectorRun run = read(Arrays.copyOf(file.bytes(), cut))) {
                assertThat(run.drainValues())
                        .as("cut at %s", cut)
                        .isEqualTo(file.rows().subList(0, file.rowsBefore(cut, EACH)));
                assertThat(run.rejected)
                        .as("cut at %s", cut)
                        .hasSize(file.ends().contains(cut) ? 0 : 1);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "deflate", "bzip2", "xz", "snappy", "zstandard"})
    void aByteThatIsChangedCostsItsBlockAndItsNeighbourAtMost(String codec) throws IOException {
        Written file = Containers.rows(codec, BLOCKS, EACH);
        for (int flipped = file.headerEnd(); flipped < file.bytes().length; flipped++) {
            byte[] damaged = file.bytes().clone();
            damaged[flipped] ^= (byte) (1 << flipped % 8);
            try (ConnectorRun run = read(damaged)) {
                List<Object> values = run.drainValues();
                int lost = file.rows().size() - values.size();
                assertThat(lost).as("flipped at %s", flipped).isIn(0, EACH, 2 * EACH);
                assertThat(run.rejected.isEmpty()).as("flipped at %s", flipped).isEqualTo(lost == 0);
                if (lost > 0 || CHECKED.contains(codec)) {
                    assertThat(file.rows()).as("flipped at %s", flipped).containsSubsequence(values);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "deflate"})
    void aHeaderThatIsChangedNeverEndsTheTask(String codec) throws IOException {
        Written file = Containers.rows(codec, 2, EACH);
        for (int flipped = 0; flipped < file.headerEnd(); flipped++) {
            byte[] damaged = file.bytes().clone();
            damaged[flipped] ^= (byte) (1 << flipped % 8);
            try (ConnectorRun run = read(damaged)) {
                int records = run.drain().size();
                assertThat(records == 2 * EACH || !run.rejected.isEmpty())
                        .as("flipped at %s", flipped)
                        .isTrue();
            }
        }
    }

    private ConnectorRun read(byte[] content) throws IOException {
        Path file = Files.write(folder.resolve("a.avro"), content);
        return ConnectorRun.start(new AvroSourceConnector(), Map.of("path", file.toString()));
    }
}
