// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.files;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a file that was read to its end. Immutable.
 *
 * @param folder where to move it, as an absolute path; null unless the action is {@link Action#MOVE}
 * @param after how long it must have been unchanged
 */
record FinishedRule(Action action, @Nullable Path folder, Duration after) {

    /** What to do with a file. */
    enum Action {
        LEAVE,
        MOVE,
        DELETE
    }

    /**
     * Returns the configured rule.
     *
     * @throws ConfigException if the folder is missing or not used
     */
    static FinishedRule of(String action, String folder, Duration after) {
        Action chosen = Action.valueOf(action.toUpperCase(Locale.ROOT));
        if (chosen == Action.MOVE && folder.isBlank()) {
            throw new ConfigException(
                    FileSourceConfig.FINISHED_FOLDER,
                    folder,
                    "is required by finished=move. Name the folder to move to.");
        }
        if (chosen != Action.MOVE && !folder.isBlank()) {
            throw new ConfigException(
                    FileSourceConfig.FINISHED_FOLDER,
                    folder,
                    "is not used with finished=" + action + ". Set finished=move, or remove it.");
        }
        return new FinishedRule(chosen, chosen == Action.MOVE ? ExistingPath.absolute(folder) : null, after);
    }

    static List<String> words() {
        return Arrays.stream(Action.values())
                .map(action -> action.name().toLowerCase(Locale.ROOT))
                .toList();
    }
}
