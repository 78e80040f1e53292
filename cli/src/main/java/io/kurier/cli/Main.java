// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kurier.Printable;
import io.kurier.StartException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.UnmatchedArgumentException;

/** The root of the {@code kurier} command. */
@Command(
        name = "kurier",
        description = "Publishes text, JSON, Avro, Protobuf and media to Apache Kafka.",
        versionProvider = Main.Version.class,
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        subcommands = {
            DemoCommand.class,
            BrokerCommand.class,
            DoctorCommand.class,
            CheckCommand.class,
            KeysCommand.class,
            TuneCommand.class,
            PlanCommand.class,
            PublishCommand.class,
            RunCommand.class,
            ReadCommand.class,
            TopicsCommand.class,
            TopCommand.class,
            PartitionCommand.class,
            SchemaCommand.class,
            OffsetsCommand.class,
            CompletionCommand.class,
            HelpCommand.class
        })
public final class Main {

    @Option(
            names = "--debug",
            scope = ScopeType.INHERIT,
            description = "Show stack traces and the logs of the libraries.")
    private boolean debug;

    /** Runs the command and ends the JVM with its exit code. */
    public static void main(String[] args) {
        if (Arrays.asList(args).contains("--debug")) {
            // Before the first logger is created: the level is read once.
            System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "info");
        }
        // Kafka's server brings Log4j, which would report an error if it is first used while the JVM is ending.
        System.setProperty("log4j.shutdownHookEnabled", "false");
        Shutdown shutdown = Shutdown.ofThisThread();
        int exitCode = ExitCode.INTERRUPTED;
        try {
            exitCode = run(
                    StandardOutput.to(new FileOutputStream(FileDescriptor.out)),
                    new PrintWriter(System.err, true, UTF_8),
                    args);
        } finally {
            shutdown.commandIsOver(exitCode);
        }
        System.exit(exitCode);
    }

    /** Runs the command. */
    static int run(PrintWriter out, PrintWriter err, String... args) {
        Main main = new Main();
        CommandLine command = new CommandLine(main)
                .setOut(out)
                .setErr(err)
                .setExecutionExceptionHandler((failure, line, parsed) -> main.report(failure, err))
                .setParameterExceptionHandler((wrong, arguments) -> {
                    err.println("kurier: " + explain(wrong) + "; see " + name(wrong.getCommandLine()) + " --help");
                    return ExitCode.USAGE;
                });
        try {
            return command.execute(args.length == 0 ? new String[] {"--help"} : args);
        } catch (LinkageError | OutOfMemoryError e) {
            // picocli passes on exceptions only; an interrupt during the initialization of a class becomes an Error
            return main.report(e, err);
        }
    }

    private static String name(CommandLine command) {
        return command.getCommandSpec().qualifiedName();
    }

    private static String explain(ParameterException wrong) {
        if (wrong instanceof UnmatchedArgumentException unmatched) {
            String word = unmatched.getUnmatched().get(0);
            List<String> near = unmatched.getSuggestions();
            return "'" + Printable.of(word) + "' is no " + (word.startsWith("-") ? "option" : "command or argument")
                    + " of "
                    + name(wrong.getCommandLine())
                    + (near.isEmpty() ? "" : " (did you mean " + String.join(" or ", near) + "?)");
        }
        return oneLine(wrong);
    }

    private int report(Throwable failure, PrintWriter err) {
        if (debug) {
            failure.printStackTrace(err);
        }
        if (failure instanceof InterruptedException || Thread.interrupted()) {
            return ExitCode.INTERRUPTED; // a user who has pressed Ctrl-C needs no message
        }
        if (failure instanceof CommandFailure expected) {
            err.println("kurier: " + oneLine(expected));
            return expected.exitCode();
        }
        if (failure instanceof StartException start) {
            err.println("kurier: " + Printable.lines(String.valueOf(start.getMessage())));
            return ExitCode.USAGE;
        }
        err.println("kurier: " + oneLine(failure) + (debug ? "" : " (--debug shows where)"));
        return ExitCode.DIFFERS;
    }

    /**
     * Returns the message, with the kind of the failure if the message alone is unclear: that of a file's exception is
     * only the name.
     */
    private static String oneLine(Throwable failure) {
        String message = failure.getMessage();
        String text = message == null || failure instanceof IOException || failure instanceof Error
                ? failure.toString()
                : message;
        return Printable.of(text.replaceAll("\\R\\s*", " "));
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
