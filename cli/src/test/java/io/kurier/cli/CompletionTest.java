// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The script by which shells complete, and the man pages; a build with {@code -Dquick} makes neither in advance. */
class CompletionTest {
    private static final Path MADE_SCRIPT = Path.of("target", "kurier-completion.bash");
    private static final Path MADE_PAGES = Path.of("target", "man", "man1");

    @TempDir
    private Path folder;

    @Test
    void theScriptIsOneThatBashCanRead() throws Exception {
        assertThat(bash("-n", script().toString())).isEmpty();
    }

    @Test
    void completesTheCommandsThatThereAre() throws Exception {
        for (CommandSpec command : commands()) {
            List<String> expected = command.subcommands().values().stream()
                    .map(CommandLine::getCommandName)
                    .distinct()
                    .toList();
            assertThat(completions(command.qualifiedName() + " ", ""))
                    .as(command.qualifiedName())
                    .containsAll(expected);
        }
    }

    @Test
    void completesTheOptionsOfEachCommand() throws Exception {
        for (CommandSpec command : commands()) {
            List<String> expected = command.options().stream()
                    .filter(option -> !option.hidden())
                    .map(OptionSpec::longestName)
                    .toList();
            assertThat(completions(command.qualifiedName() + " ", "-"))
                    .as(command.qualifiedName())
                    .containsAll(expected);
        }
    }

    @Test
    void completesABeginning() throws Exception {
        assertThat(completions("kurier ", "do")).containsExactly("doctor");
        assertThat(completions("kurier schema ", "reg")).containsExactly("register");
        assertThat(completions("./kurier topics ", "--int")).containsExactly("--internal");
    }

    @Test
    void theBuildMakesTheScriptThatTheCommandPrints() throws IOException {
        assumeThat(System.getProperty("quick"))
                .as("a build with -Dquick makes no script and no pages")
                .isNull();
        assertThat(MADE_SCRIPT)
                .content(UTF_8)
                .isEqualTo(CommandRun.of("completion").out());
    }

    @Test
    void eachCommandHasAManPageThatNamesItsOptions() throws IOException {
        assumeThat(System.getProperty("quick"))
                .as("a build with -Dquick makes no script and no pages")
                .isNull();
        for (CommandSpec command : commands()) {
            Path page = MADE_PAGES.resolve(command.qualifiedName("-") + ".1");
            assertThat(page).exists();
            String text = Files.readString(page).replace("\\-", "-").replace("\\&", "");
            assertThat(text).as(page.toString()).startsWith("'\\\" t\n").contains(".TH \"");
            for (OptionSpec option : command.options()) {
                assertThat(text).as(page.toString()).contains(shown(option));
            }
        }
    }

    /** As help and man pages write it. */
    private static String shown(OptionSpec option) {
        return option.negatable() ? option.longestName().replaceFirst("^--", "--[no-]") : option.longestName();
    }

    /** All commands, from the root on. */
    private static List<CommandSpec> commands() {
        List<CommandSpec> commands = new ArrayList<>(List.of(new CommandLine(new Main()).getCommandSpec()));
        for (int i = 0; i < commands.size(); i++) {
            commands.get(i).subcommands().values().stream()
                    .map(CommandLine::getCommandSpec)
                    .sorted(Comparator.comparing(CommandSpec::qualifiedName))
                    .forEach(commands::add);
        }
        return commands;
    }

    /** What bash offers for the last word of a line, which the function in the script decides. */
    private List<String> completions(String before, String word) throws Exception {
        Path asks = Files.writeString(folder.resolve("ask.bash"), """
                compopt() { :; } # bash has it only while it completes
                source "$1"
                read -r -a COMP_WORDS <<<"$2"
                COMP_WORDS+=("$3")
                COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
                COMP_LINE="$2$3"
                COMP_POINT=${#COMP_LINE}
                _complete_kurier
                printf '%s\n' "${COMPREPLY[@]}"
                """);
        return bash(asks.toString(), script().toString(), before, word)
                .lines()
                .map(String::strip)
                .toList();
    }

    private Path script() throws IOException {
        CommandRun run = CommandRun.of("completion");
        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).isEmpty();
        return Files.writeString(folder.resolve("kurier.bash"), run.out());
    }

    private String bash(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("bash"));
        command.addAll(List.of(arguments));
        Path output = folder.resolve("output");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        String text = Files.readString(output);
        assertThat(process.exitValue()).as(text).isZero();
        return text;
    }
}
