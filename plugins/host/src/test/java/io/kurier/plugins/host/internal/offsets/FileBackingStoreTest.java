// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host.internal.offsets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.connect.errors.DataException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(120)
class FileBackingStoreTest {
    private static final OffsetKey A = OffsetKey.of("web-log", Map.of("file", "a.log"));
    private static final OffsetKey B = OffsetKey.of("web-log", Map.of("file", "b.log"));

    @TempDir
    private Path folder;

    private Path file() {
        return folder.resolve("offsets");
    }

    private static Map<OffsetKey, @Nullable Map<String, ?>> position(OffsetKey key, int position) {
        return Map.of(key, Map.of("position", position));
    }

    private static Map<String, Object> at(long position) {
        return Map.of("position", position);
    }

    @Test
    void keepsOffsetsOverARestart() {
        Map<OffsetKey, @Nullable Map<String, ?>> both = new LinkedHashMap<>(position(A, 1));
        both.putAll(position(B, 2));
        try (FileBackingStore store = new FileBackingStore(file())) {
            assertThat(store.open()).isEmpty();
            assertThat(file()).doesNotExist();
            store.write(both);
            store.write(position(A, 3));
            assertThat(new FileBackingStore(file()).peek()).isEqualTo(Map.of(A, at(3), B, at(2)));
        }
        Map<OffsetKey, @Nullable Map<String, ?>> forget = new HashMap<>();
        forget.put(A, null);
        try (FileBackingStore store = new FileBackingStore(file())) {
            assertThat(store.open()).isEqualTo(Map.of(A, at(3), B, at(2)));
            store.write(forget);
        }
        try (FileBackingStore store = new FileBackingStore(file())) {
            assertThat(store.open()).isEqualTo(Map.of(B, at(2)));
        }
    }

    @ParameterizedTest
    @EnumSource
    void hasTheOldOffsetsOrTheNewOnesAfterACrashAtAnyStep(AtomicFile.Step failing) {
        boolean[] fails = {false};
        AtomicFile.Probe probe = step -> {
            if (fails[0] && step == failing) {
                throw new IOException("planted before " + step);
            }
        };
        try (FileBackingStore store = new FileBackingStore(file(), probe)) {
            store.open();
            store.write(position(A, 1));
            fails[0] = true;
            assertThatThrownBy(() -> store.write(position(A, 2)))
                    .isInstanceOf(BackingStoreException.class)
                    .hasMessageStartingWith(file() + ": source offsets cannot be stored: java.io.IOException: planted");
        }
        // As another process finds it.
        try (FileBackingStore store = new FileBackingStore(file())) {
            assertThat(store.open()).isEqualTo(Map.of(A, at(failing == AtomicFile.Step.SYNC_FOLDER ? 2 : 1)));
            store.write(position(B, 5));
            assertThat(store.peek()).containsEntry(B, at(5));
        }
    }

    @Test
    void storesAgainAfterAFailure() {
        boolean[] fails = {true};
        AtomicFile.Probe probe = step -> {
            if (fails[0]) {
                throw new IOException("planted");
            }
        };
        try (FileBackingStore store = new FileBackingStore(file(), probe)) {
            store.open();
            assertThatThrownBy(() -> store.write(position(A, 1))).isInstanceOf(BackingStoreException.class);
            assertThat(file()).doesNotExist();
            fails[0] = false;
            store.write(position(A, 2));
            assertThat(store.peek()).isEqualTo(Map.of(A, at(2)));
        }
    }

    @Test
    void storesWhileTheThreadIsInterrupted() {
        try (FileBackingStore store = new FileBackingStore(file())) {
            store.open();
            Thread.currentThread().interrupt();
            store.write(position(A, 1));
            assertThat(Thread.interrupted()).isTrue();
            store.write(position(A, 2));
            assertThat(store.peek()).isEqualTo(Map.of(A, at(2)));
        }
    }

    @Test
    void refusesADamagedFileAndLeavesIt() throws Exception {
        Files.writeString(file(), "kurier-source-offsets 1\n");
        FileBackingStore store = new FileBackingStore(file());
        assertThatThrownBy(store::open)
                .isInstanceOf(BackingStoreException.class)
                .hasMessage(
                        file() + ": it is cut: its last line has no checksum. Nothing was read from it. Restore it from"
                                + " a backup, or move it away: without it all connectors start at the beginning of their"
                                + " sources.");
        assertThatThrownBy(store::peek).isInstanceOf(BackingStoreException.class);
        assertThat(file()).hasContent("kurier-source-offsets 1\n");
        Files.delete(file());
        assertThat(store.open()).isEmpty(); // the lock was released
        store.close();
        Files.writeString(file(), "");
        assertThatThrownBy(store::open).isInstanceOf(BackingStoreException.class);
    }

    @Test
    void storesNothingIfOneOffsetIsOfAnotherType() {
        try (FileBackingStore store = new FileBackingStore(file())) {
            store.open();
            Map<OffsetKey, @Nullable Map<String, ?>> both = new LinkedHashMap<>(position(A, 1));
            both.put(B, Map.of("position", new Object()));
            assertThatThrownBy(() -> store.write(both)).isInstanceOf(DataException.class);
            assertThat(file()).doesNotExist();
        }
    }

    @Test
    void isUsedByOneHostAtATime() throws Exception {
        Path link = folder.resolve("link");
        try (FileBackingStore store = new FileBackingStore(file())) {
            store.open();
            store.write(position(A, 1));
            assertThat(Files.createSymbolicLink(link, file())).isSymbolicLink();
            for (Path name : new Path[] {file(), link, folder.resolve(".").resolve("offsets")}) {
                assertThatThrownBy(new FileBackingStore(name)::open)
                        .isInstanceOf(BackingStoreException.class)
                        .hasMessage(name + ": a running host uses it ("
                                + folder.toRealPath().resolve("offsets.lock")
                                + " is locked). Stop that host, or name another file.");
            }
            // The attempts have not released the lock for other processes.
            assertThat(lockedForAnotherProcess(folder.resolve("offsets.lock"))).isTrue();
            store.write(position(A, 2));
        }
        assertThat(lockedForAnotherProcess(folder.resolve("offsets.lock"))).isFalse();
        try (FileBackingStore store = new FileBackingStore(link)) {
            assertThat(store.open()).isEqualTo(Map.of(A, at(2)));
            store.write(position(A, 3));
        }
        assertThat(link).isSymbolicLink();
        assertThat(new FileBackingStore(file()).peek()).isEqualTo(Map.of(A, at(3)));
    }

    private static boolean lockedForAnotherProcess(Path lock) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        TryLock.class.getName(),
                        lock.toString())
                .inheritIO()
                .start();
        int exitCode = process.waitFor();
        assertThat(exitCode).isBetween(0, 1);
        return exitCode == 1;
    }

    /** Ends with 1 if a file is locked, else with 0. */
    static final class TryLock {
        private TryLock() {}

        public static void main(String[] args) throws IOException {
            boolean locked;
            try (FileChannel channel = FileChannel.open(Path.of(args[0]), StandardOpenOption.WRITE);
                    FileLock lock = channel.tryLock()) {
                locked = lock == null;
            }
            Runtime.getRuntime().halt(locked ? 1 : 0);
        }
    }

    @Test
    void isForItsOwnerOnlyUnlessAnAdministratorChangesThat() throws Exception {
        assumeThat(OwnerOnly.isPosix(folder)).as("permissions of POSIX").isTrue();
        try (FileBackingStore store = new FileBackingStore(file())) {
            store.open();
            store.write(position(A, 1));
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                    .isEqualTo("rw-------");
            Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-r-----"));
            store.write(position(A, 2));
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                    .isEqualTo("rw-r-----");
        }
    }

    @Test
    void saysWhichFileCannotBeUsed() {
        Path nowhere = folder.resolve("none").resolve("offsets");
        assertThatThrownBy(new FileBackingStore(nowhere)::open)
                .hasMessage(nowhere + ": there is no folder " + folder.resolve("none") + ". Create it.");
        assertThatThrownBy(new FileBackingStore(folder)::open)
                .hasMessage(folder + ": it is a folder. Name a file in it.");
        assertThatThrownBy(new FileBackingStore(file())::peek)
                .hasMessage(
                        file() + ": there is no such file. Name the one that the host keeps its source offsets in.");
        assertThatCode(new FileBackingStore(file())::close).doesNotThrowAnyException();
        assertThatThrownBy(() -> new FileBackingStore(file()).write(position(A, 1)))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void holdsTenThousandSourcePartitions() {
        Map<OffsetKey, @Nullable Map<String, ?>> many = new LinkedHashMap<>();
        Map<OffsetKey, Map<String, Object>> expected = new HashMap<>();
        for (int i = 0; i < 10_000; i++) {
            OffsetKey key = OffsetKey.of("web-log", Map.of("file", "/var/log/shop/application-" + i + ".log"));
            many.put(key, Map.of("position", i, "line", 2 * i));
            expected.put(key, Map.of("position", (long) i, "line", 2L * i));
        }
        try (FileBackingStore store = new FileBackingStore(file())) {
            store.open();
            store.write(many);
            for (int i = 0; i < 10; i++) {
                store.write(position(A, i));
            }
        }
        expected.put(A, at(9));
        try (FileBackingStore store = new FileBackingStore(file())) {
            assertThat(store.open()).isEqualTo(expected);
        }
    }
}
