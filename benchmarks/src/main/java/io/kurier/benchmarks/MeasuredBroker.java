// SPDX-License-Identifier: Apache-2.0
package io.kurier.benchmarks;

import io.kurier.broker.BrokerProcess;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/** The broker that the benchmarks run against, in a process of its own so that its garbage and its locks stay there. */
public final class MeasuredBroker implements AutoCloseable {
    private static final Path MEMORY = Path.of("/dev/shm");
    private static final long ENOUGH_BYTES = 6_000_000_000L;

    /** The properties of a broker that records are measured with. */
    public static final Map<String, String> PROPERTIES = Map.of(
            // deletes old segments soon: a flood writes some GiB a minute
            "log.initial.task.delay.ms",
            "1000",
            "log.retention.check.interval.ms",
            "1000",
            // Kafka's default: in a flood the broker may get no processor time for a while
            "broker.session.timeout.ms",
            "9000",
            "broker.heartbeat.interval.ms",
            "2000");

    private final String bootstrapServers;
    private final @Nullable BrokerProcess process;

    private MeasuredBroker(String bootstrapServers, @Nullable BrokerProcess process) {
        this.bootstrapServers = bootstrapServers;
        this.process = process;
    }

    /**
     * Starts a broker with the options of this JVM and 1 GiB of heap, or uses a running one, and prints a line about
     * it.
     *
     * @param running the address of a broker that is running already, or empty to start one
     */
    public static MeasuredBroker start(PrintStream out, String running) {
        if (!running.isEmpty()) {
            return new MeasuredBroker(running, null);
        }
        try {
            Path parent = dataFolder(ENOUGH_BYTES);
            BrokerProcess process = start(Files.createTempDirectory(parent, "kurier-benchmark-"));
            out.println("broker: a process of its own, 1 GiB of heap, data in " + parent);
            return new MeasuredBroker(process.bootstrapServers(), process);
        } catch (IOException e) {
            throw new UncheckedIOException("there is no place for the broker's data", e);
        }
    }

    private static BrokerProcess start(Path directory) {
        AtomicReference<@Nullable BrokerProcess> started = new AtomicReference<>();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(started.get(), directory), "broker-shutdown"));
        BrokerProcess.Builder broker =
                BrokerProcess.builder().directory(directory).jvmOptions(jvmOptions("-Xms1g", "-Xmx1g"));
        PROPERTIES.forEach(broker::property);
        BrokerProcess process = broker.start();
        started.set(process);
        return process;
    }

    /** Returns the options of this JVM with another heap, for a broker. */
    public static String[] jvmOptions(String... heap) {
        return Stream.concat(
                        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                                .filter(option -> option.startsWith("-XX:") || option.startsWith("--")),
                        Stream.of(heap))
                .toArray(String[]::new);
    }

    /**
     * Returns a folder for data: in memory where there is room, since the pauses of a disk are not to be measured.
     *
     * @throws IOException if the room cannot be determined
     */
    public static Path dataFolder(long enoughBytes) throws IOException {
        return Files.isWritable(MEMORY) && Files.getFileStore(MEMORY).getUsableSpace() > enoughBytes
                ? MEMORY
                : Path.of(System.getProperty("java.io.tmpdir"));
    }

    private static void end(@Nullable BrokerProcess process, Path directory) {
        if (process != null) {
            process.close();
        }
        try {
            Utils.delete(directory.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException("the broker's data in " + directory + " could not be deleted", e);
        }
    }

    /** Returns the address for clients. */
    public String bootstrapServers() {
        return bootstrapServers;
    }

    /** Ends the broker if this object has started it; its data are deleted when this JVM ends. */
    @Override
    public void close() {
        if (process != null) {
            process.close();
        }
    }
}
