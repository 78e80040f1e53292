// SPDX-License-Identifier: Apache-2.0
package io.kurier.benchmarks;

import io.kurier.core.internal.start.KafkaVersion;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Describes the machine of a run, since a number without its machine means nothing. */
public final class Machine {
    private static final Path CPU = Path.of("/proc/cpuinfo");

    private Machine() {}

    /** Returns processor, JDK, collector, options and version of Kafka's client, as lines. */
    public static String inWords() {
        List<String> options = ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(option -> option.startsWith("-X"))
                .toList();
        String collectors = ManagementFactory.getGarbageCollectorMXBeans().stream()
                .map(bean -> bean.getName())
                .collect(Collectors.joining(", "));
        return "machine: " + processor() + ", " + Runtime.getRuntime().availableProcessors() + " processors; "
                + System.getProperty("java.vm.name") + " " + Runtime.version() + "; " + System.getProperty("os.name")
                + " " + System.getProperty("os.arch")
                + "\nJVM: " + String.join(" ", options) + " (" + collectors + "); kafka-clients "
                + KafkaVersion.found();
    }

    /** Returns processor, number of processors and JDK in a few words. */
    public static String name() {
        return processor() + ", " + Runtime.getRuntime().availableProcessors() + " processors, JDK "
                + Runtime.version().feature();
    }

    private static String processor() {
        if (Files.isReadable(CPU)) {
            try (Stream<String> lines = Files.lines(CPU)) {
                return lines.filter(line -> line.startsWith("model name"))
                        .map(line -> line.substring(line.indexOf(':') + 1).strip())
                        .findFirst()
                        .orElse("unknown processor");
            } catch (IOException e) {
                return "unknown processor";
            }
        }
        return "unknown processor";
    }
}
