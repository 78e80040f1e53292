// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.kurier.plugins.host.internal.records.Retries;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConnectorSettingsTest {

    private static List<String> problems(String... more) {
        List<String> problems = new ArrayList<>();
        Settings.read(problems, more);
        return problems;
    }

    @Test
    void hasConnectsDefaultsAndThoseOfTheHost() {
        ConnectorSettings settings = Settings.of();
        assertThat(settings.maxTasks()).isEqualTo(1);
        assertThat(settings.toleratesErrors()).isFalse();
        assertThat(settings.retries()).isEqualTo(new Retries(0, 60_000));
        assertThat(settings.restarts()).isEqualTo(new RestartPolicy(1_000, 60_000, -1));
        assertThat(settings.deadLetters()).isEqualTo(ConnectorSettings.DeadLetters.NONE);
        assertThat(settings.errorLog()).isEqualTo(new ConnectorSettings.ErrorLog(false, false));
    }

    @Test
    void takesWhatIsSet() {
        ConnectorSettings settings = Settings.of(
                "tasks.max", " 3 ",
                "errors.tolerance", "all",
                "errors.retry.timeout", "-1",
                "errors.retry.delay.max.ms", "5",
                "errors.log.enable", "true",
                "errors.log.include.messages", "TRUE",
                "errors.deadletterqueue.file", "dead.jsonl",
                "restart.backoff.ms", "10",
                "restart.backoff.max.ms", "20",
                "restart.max.attempts", "0");
        assertThat(settings.maxTasks()).isEqualTo(3);
        assertThat(settings.toleratesErrors()).isTrue();
        assertThat(settings.retries()).isEqualTo(new Retries(-1, 5));
        assertThat(settings.restarts()).isEqualTo(new RestartPolicy(10, 20, 0));
        assertThat(settings.deadLetters()).isEqualTo(new ConnectorSettings.DeadLetters(null, Path.of("dead.jsonl")));
        assertThat(settings.errorLog()).isEqualTo(new ConnectorSettings.ErrorLog(true, true));
    }

    @Test
    void tellsEveryValueThatIsWrong() {
        assertThat(problems(
                        "tasks.max", "0",
                        "tasks.max.enforce", "maybe",
                        "errors.tolerance", "ALL",
                        "errors.retry.timeout", "-2",
                        "errors.retry.delay.max.ms", "soon",
                        "errors.log.enable", "yes",
                        "restart.backoff.ms", "0",
                        "restart.max.attempts", "many",
                        "config.action.reload", "stop",
                        "transaction.boundary", "record",
                        "exactly.once.support", "maybe"))
                .containsExactlyInAnyOrder(
                        "connector c, tasks.max: \"0\" is not a whole number of at least 1.",
                        "connector c, tasks.max.enforce: \"maybe\" is neither true nor false.",
                        "connector c, errors.tolerance: \"ALL\" is neither none nor all.",
                        "connector c, errors.retry.timeout: \"-2\" is neither a whole number of at least 0 nor -1, for"
                                + " without end.",
                        "connector c, errors.retry.delay.max.ms: \"soon\" is not a whole number of at least 0.",
                        "connector c, errors.log.enable: \"yes\" is neither true nor false.",
                        "connector c, restart.backoff.ms: \"0\" is not a whole number of at least 1.",
                        "connector c, restart.max.attempts: \"many\" is neither a whole number of at least 0 nor -1, for"
                                + " without end.",
                        "connector c, config.action.reload: \"stop\" is neither none nor restart.",
                        "connector c, transaction.boundary: \"record\" is none of poll, interval and connector.",
                        "connector c, exactly.once.support: \"maybe\" is neither requested nor required.");
    }

    @Test
    void refusesAPauseThatIsLongerThanTheLongest() {
        assertThat(problems("restart.backoff.ms", "70000"))
                .containsExactly("connector c, restart.backoff.max.ms: 60000 is less than restart.backoff.ms, 70000."
                        + " Raise it, or lower the other.");
    }

    @Test
    void refusesTwoPlacesForDeadLetters() {
        assertThat(problems("errors.deadletterqueue.topic.name", "dead", "errors.deadletterqueue.file", "dead.jsonl"))
                .containsExactly("connector c, errors.deadletterqueue.file: errors.deadletterqueue.topic.name is set"
                        + " too. Remove one of the two.");
    }
}
