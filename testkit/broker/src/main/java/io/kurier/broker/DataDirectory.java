// SPDX-License-Identifier: Apache-2.0
package io.kurier.broker;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;
import org.jspecify.annotations.Nullable;

/**
 * The folder of one broker, held exclusively for as long as the broker runs.
 *
 * <p>Kafka locks its log directory too, but only after the controller has begun to write to it; two brokers on one
 * folder would have damaged it by then. The locked file also marks a folder as created by this class: a folder with
 * other content is refused and never written to.
 */
final class DataDirectory {
    private static final String MARK = ".kurier-broker";
    /** Contains the process id, so that folders left by a killed process can be distinguished from those in use. */
    static final String TEMPORARY_PREFIX =
            "kurier-broker-" + ProcessHandle.current().pid() + "-";

    private static final String META = "meta.properties";

    private final Path path;
    private final boolean temporary;
    private final FileChannel channel;
    private boolean released;

    private DataDirectory(Path path, boolean temporary, FileChannel channel) {
        this.path = path;
        this.temporary = temporary;
        this.channel = channel;
    }

    /** Locks the given folder, which is created if it is missing, or a new temporary one for null. */
    static DataDirectory acquire(@Nullable Path wanted) {
        if (wanted == null) {
            return acquireTemporary();
        }
        if (wanted.toString().contains(",")) {
            throw new BrokerStartException(
                    "the broker's directory " + wanted + " has a comma in its name, which Kafka takes for a list of"
                            + " directories: choose another name",
                    null);
        }
        try {
            Path real = Files.createDirectories(wanted).toRealPath();
            refuseIfForeign(real);
            return lock(real, false);
        } catch (IOException e) {
            throw new BrokerStartException(
                    "the broker's directory " + wanted + " cannot be used (" + e + "): it must be a directory that this"
                            + " process may read and write",
                    e);
        }
    }

    private static DataDirectory acquireTemporary() {
        try {
            Path made = Files.createTempDirectory(TEMPORARY_PREFIX).toRealPath();
            return lock(made, true);
        } catch (IOException e) {
            throw new BrokerStartException(
                    "no temporary directory can be made in " + System.getProperty("java.io.tmpdir") + " (" + e
                            + "): give the broker a directory, or set java.io.tmpdir",
                    e);
        }
    }

    private static void refuseIfForeign(Path path) throws IOException {
        if (Files.exists(path.resolve(MARK))) {
            return;
        }
        try (Stream<Path> entries = Files.list(path)) {
            Optional<Path> first = entries.sorted().findFirst();
            if (first.isPresent()) {
                throw new BrokerStartException(
                        "the broker's directory " + path + " was not made by a LocalBroker and is not empty (it holds "
                                + first.get().getFileName() + "): choose an empty or a new one",
                        null);
            }
        }
    }

    private static DataDirectory lock(Path path, boolean temporary) throws IOException {
        FileChannel channel = FileChannel.open(path.resolve(MARK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return new DataDirectory(path, temporary, channel);
            }
        } catch (OverlappingFileLockException e) {
            channel.close();
            throw inUse(path, "in this JVM", e);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        channel.close();
        throw inUse(path, "in another process", null);
    }

    private static BrokerStartException inUse(Path path, String where, @Nullable Exception cause) {
        return new BrokerStartException(
                "the broker's directory " + path + " is in use by a broker " + where
                        + ": close that one, or choose another directory",
                cause);
    }

    Path path() {
        return path;
    }

    /** Formats the folder for a node of a new cluster, unless it is formatted already. */
    void format(ClusterMember member) {
        if (Files.exists(path.resolve(META))) {
            return;
        }
        try (PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
            new Formatter()
                    .setNodeId(member.nodeId())
                    .setClusterId(member.clusterId())
                    .setDirectories(List.of(path.toString()))
                    .setMetadataLogDirectory(path.toString())
                    .setControllerListenerName(LoopbackSockets.CONTROLLER)
                    .setReleaseVersion(MetadataVersion.latestProduction())
                    // the remains of an interrupted format are overwritten
                    .setIgnoreFormatted(true)
                    .setPrintStream(nowhere)
                    .run();
        } catch (Exception e) {
            throw new BrokerStartException(
                    "the broker's directory " + path + " could not be formatted (" + e.getMessage()
                            + "): is there room, and may this process write there?",
                    e);
        }
    }

    /**
     * Unlocks the folder, and deletes it if it is temporary. A second call does nothing.
     *
     * @throws UncheckedIOException if files are left behind
     */
    void release() {
        if (released) {
            return;
        }
        released = true;
        try {
            channel.close();
            if (temporary) {
                Utils.delete(path.toFile());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the broker's directory " + path + " could not be cleaned up", e);
        }
    }
}
