// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli;

import io.kurier.Printable;
import io.kurier.cli.schema.FolderSchemas;
import io.kurier.cli.schema.RegistrySchemas;
import io.kurier.cli.schema.SchemaComparison;
import io.kurier.cli.schema.SchemaDocument;
import io.kurier.cli.schema.SchemaException;
import io.kurier.cli.schema.SchemaFiles;
import io.kurier.serializers.internal.compatibility.Direction;
import io.kurier.serializers.registry.internal.Compatibility;
import io.kurier.serializers.registry.internal.SchemaReference;
import java.io.PrintWriter;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code kurier schema check}: what a new schema breaks, and for whom. */
@Command(
        name = "check",
        description = {
            "Says what a schema file breaks as the next version of a subject, and for whom; registers nothing.",
            "The registry is asked whether it would take the schema, and the file is compared here with the latest"
                    + " version: which readers could not read which data. With a folder the file is compared with the"
                    + " schema of the same full name, or with that of the file in it that SUBJECT names. Ends with 1"
                    + " if the registry would refuse it, and for a folder if anything breaks."
        })
final class SchemaCheckCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(
            arity = "1..2",
            paramLabel = "SUBJECT FILE",
            description = "The subject, and the file: .avsc, .json, .proto or .desc. With a folder FILE alone is"
                    + " enough.",
            hideParamSyntax = true)
    private List<String> names = List.of();

    @Mixin
    private SchemaReferences references = new SchemaReferences();

    @Mixin
    private SchemaOptions options = new SchemaOptions();

    @Override
    public Integer call() {
        CommandLine command = Objects.requireNonNull(spec).commandLine();
        List<SchemaReference> all = references.all(command);
        String file = names.get(names.size() - 1);
        String subject = names.size() == 1 ? null : names.get(0);
        return options.run(command, (registry, folder) -> {
            if (registry != null && folder != null) {
                throw new ParameterException(command, "--folder: the registry is named already; keep one of the two");
            }
            if (registry != null && subject == null) {
                throw new ParameterException(command, "name the subject before the file");
            }
            if (registry != null && subject != null) {
                return withRegistry(command.getOut(), registry, subject, file, all);
            }
            if (folder == null) {
                throw SchemaOptions.noStore(command);
            }
            return withFolder(command.getOut(), folder, subject, SchemaFiles.read(file));
        });
    }

    private static int withRegistry(
            PrintWriter out, RegistrySchemas registry, String subject, String file, List<SchemaReference> all) {
        SchemaDocument next = SchemaFiles.read(file, registry.texts(all));
        RegistrySchemas.Verdict verdict = registry.check(subject, next, all);
        Compatibility ofRegistry = verdict.compatibility();
        line(
                out,
                subject + ": the registry "
                        + (ofRegistry == null ? "cannot tell" : ofRegistry.isCompatible() ? "takes it" : "refuses it")
                        + (verdict.level() == null ? "" : ", at the level " + verdict.level()));
        if (ofRegistry == null) {
            line(out, "  " + verdict.failure());
        } else {
            ofRegistry.reasons().forEach(reason -> line(out, "  " + reason.strip()));
        }
        boolean sound = true;
        if (verdict.latest() == null) {
            line(out, subject + " has no version yet, so nothing can break");
        } else {
            try {
                sound = compare(out, verdict.latest().document(), next);
            } catch (SchemaException e) {
                sound = false;
                line(out, "not compared here: " + e.getMessage());
            }
        }
        return (ofRegistry == null ? sound : ofRegistry.isCompatible()) ? 0 : ExitCode.DIFFERS;
    }

    private static int withFolder(PrintWriter out, FolderSchemas folder, @Nullable String name, SchemaDocument next) {
        SchemaDocument earlier = (name == null ? folder.sameAs(next) : folder.named(name, 0)).document();
        return compare(out, earlier, next) ? 0 : ExitCode.DIFFERS;
    }

    /** Returns whether nothing breaks. */
    private static boolean compare(PrintWriter out, SchemaDocument earlier, SchemaDocument next) {
        SchemaComparison comparison = new SchemaComparison(earlier, next);
        List<String> forNewReaders = comparison.breaks(Direction.BACKWARD);
        List<String> forOldReaders = comparison.breaks(Direction.FORWARD);
        print(out, "new readers, with " + next.place() + ", and old data, of " + earlier.place(), forNewReaders);
        print(out, "existing readers, with " + earlier.place() + ", and new data, of " + next.place(), forOldReaders);
        return forNewReaders.isEmpty() && forOldReaders.isEmpty();
    }

    private static void print(PrintWriter out, String who, List<String> broken) {
        line(out, who + ": " + (broken.isEmpty() ? "nothing breaks" : "broken"));
        broken.forEach(each -> line(out, "  " + each));
    }

    private static void line(PrintWriter out, String text) {
        out.println(Printable.of(text));
    }
}
