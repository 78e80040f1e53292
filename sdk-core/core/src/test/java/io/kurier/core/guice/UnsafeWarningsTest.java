// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.guice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.kurier.core.OtherJvm;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The flag that README and docs/guice.md name is enough: JDK 24 and newer then warn of nothing. */
class UnsafeWarningsTest {
    private static final String FLAG = "-Dguice_bytecode_gen_option=DISABLED";
    private static final int WARNS_SINCE = 24;

    @TempDir
    private Path folder;

    @Test
    void theJvmSaysNothingWithTheFlag() throws IOException, InterruptedException {
        assertThat(run(FLAG)).isEqualTo("stored at offset 42\n");
    }

    @Test
    void itWarnsWithoutTheFlag() throws IOException, InterruptedException {
        assumeTrue(
                Runtime.version().feature() >= WARNS_SINCE,
                "this JDK does not warn of Unsafe yet; the other test sees nothing either way");
        assertThat(run()).contains("WARNING: A terminally deprecated method in sun.misc.Unsafe has been called");
    }

    private String run(String... options) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of(options));
        all.add("-Dorg.slf4j.simpleLogger.defaultLogLevel=error");
        return OtherJvm.run(folder.resolve("output.txt"), all, QuietRun.class);
    }
}
