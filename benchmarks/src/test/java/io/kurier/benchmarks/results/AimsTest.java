// SPDX-License-Identifier: Apache-2.0
package io.kurier.benchmarks.results;

import static org.assertj.core.api.Assertions.assertThat;

import io.kurier.broker.LocalBroker;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.reflect.Constructor;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** An aim whose table, row or measure no run has would never be missed. */
class AimsTest {
    @ParameterizedTest
    @CsvSource({
        "facade, facade.FacadeBenchmark",
        "media, media.MediaBenchmark",
        "callers, callers.CallersBenchmark",
        "defaults, defaults.DefaultsBenchmark",
        "steady, steady.SteadyBenchmark",
        "transactions, transactions.TransactionsBenchmark",
        "security, security.SecurityBenchmark",
        "instrumentation, instrumentation.InstrumentationBenchmark"
    })
    void everyAimOfARunHasAFigure(String run, String benchmark, @TempDir Path folder) throws Exception {
        Constructor<?> constructor =
                Class.forName("io.kurier.benchmarks." + benchmark).getDeclaredConstructor(PrintStream.class);
        constructor.setAccessible(true);
        PrintStream out = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
        Path file = folder.resolve("figures.jsonl");
        try (LocalBroker broker = LocalBroker.start()) {
            int exit = new CommandLine(constructor.newInstance(out))
                    .execute(broker.bootstrapServers(), "--smoke", "--out", file.toString());
            assertThat(exit).isZero();
        }
        List<Figure> figures = Figures.read(file);

        List<Aim> aims = Aims.all().stream()
                .filter(aim -> aim.run().equals(run))
                .filter(aim -> Runtime.version().feature() >= 21 || !aim.id().startsWith("callers-virtual-"))
                .toList();
        assertThat(aims)
                .isNotEmpty()
                .allSatisfy(aim -> assertThat(aim.find(figures)).as(aim.id()).isPresent());
    }
}
