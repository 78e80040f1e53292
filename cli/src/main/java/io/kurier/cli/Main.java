// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli;

import io.kurier.StartException;
import java.io.PrintWriter;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The root of the {@code kurier} command. */
@Command(
        name = "kurier",
        description = "Publishes text and JSON to Apache Kafka.",
        versionProvider = Main.Version.class,
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        subcommands = {DemoCommand.class, BrokerCommand.class, DoctorCommand.class})
public final class Main {
    /** Something was refused or differs. */
    static final int DIFFERS = 1;

    /** Wrong usage or configuration. */
    static final int USAGE = 2;

    @Option(
            names = "--debug",
            scope = ScopeType.INHERIT,
            description = "Show stack traces and the logs of the libraries.")
    private boolean debug;

    /** Runs the command and ends the JVM with its exit code. */
    public static void main(String[] args) {
        if (Arrays.asList(args).contains("--debug")) {
            // Before the first logger is made: the level is read once.
            System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "info");
        }
        int exitCode = run(new PrintWriter(System.out, true), new PrintWriter(System.err, true), args);
        System.exit(exitCode);
    }

    /** Runs the command. */
    static int run(PrintWriter out, PrintWriter err, String... args) {
        Main main = new Main();
        return new CommandLine(main)
                .setOut(out)
                .setErr(err)
                .setExecutionExceptionHandler((failure, command, parsed) -> main.report(failure, err))
                .setParameterExceptionHandler((wrong, arguments) -> {
                    err.println("kurier: " + wrong.getMessage() + "; see " + name(wrong.getCommandLine()) + " --help");
                    return USAGE;
                })
                .execute(args.length == 0 ? new String[] {"--help"} : args);
    }

    private static String name(CommandLine command) {
        return command.getCommandSpec().qualifiedName();
    }

    private int report(Exception failure, PrintWriter err) {
        if (debug) {
            failure.printStackTrace(err);
        }
        if (failure instanceof CommandFailure expected) {
            err.println("kurier: " + expected.getMessage());
            return expected.exitCode();
        }
        if (failure instanceof StartException) {
            err.println("kurier: " + failure.getMessage());
            return USAGE;
        }
        err.println("kurier: " + reason(failure) + (debug ? "" : " (--debug shows where)"));
        return DIFFERS;
    }

    private static @Nullable String reason(Exception failure) {
        return failure.getMessage() == null ? failure.toString() : failure.getMessage();
    }

    /** The version of this jar. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Main.class.getPackage().getImplementationVersion();
            return new String[] {"kurier " + (version == null ? "development" : version)};
        }
    }
}
