// SPDX-License-Identifier: Apache-2.0
package io.kurier.peers;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * The peers that are packages of Node.js. {@code npm ci} installs them into {@code target}, as the lock file names them;
 * without Node.js, npm or its registry the tests are skipped with the reason.
 */
public final class NodePackages {
    private static final Path SOURCE = Path.of("src", "test", "resources", "peer");
    private static final Path FOLDER = Path.of("target", "peer");
    private static final String LOCK = "package-lock.json";

    private NodePackages() {}

    /**
     * Installs the packages, unless an earlier run has, and copies the scripts beside them.
     *
     * @return the folder in which the scripts run
     */
    public static Path install() throws IOException, InterruptedException {
        Command.assumeInstalled("node", "--version");
        Command.assumeInstalled("npm", "--version");
        Path installed = FOLDER.resolve("installed");
        Files.createDirectories(FOLDER);
        boolean same = Files.exists(installed) && Files.mismatch(installed, SOURCE.resolve(LOCK)) < 0;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(SOURCE)) {
            for (Path file : files) {
                Files.copy(file, FOLDER.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        if (!same) {
            Command.Result npm = Command.run(
                    FOLDER,
                    "npm",
                    "ci",
                    "--ignore-scripts",
                    "--omit=dev",
                    "--no-audit",
                    "--no-fund",
                    "--prefer-offline");
            Command.assume(npm, "npm ci cannot install the packages of " + LOCK);
            Files.copy(SOURCE.resolve(LOCK), installed, StandardCopyOption.REPLACE_EXISTING);
        }
        return FOLDER;
    }
}
