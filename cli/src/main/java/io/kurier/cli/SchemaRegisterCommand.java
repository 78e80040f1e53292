// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli;

import io.kurier.Printable;
import io.kurier.cli.schema.FolderSchemas;
import io.kurier.cli.schema.RegistrySchemas;
import io.kurier.cli.schema.SchemaDocument;
import io.kurier.cli.schema.SchemaFiles;
import io.kurier.serializers.registry.internal.SchemaReference;
import io.kurier.serializers.registry.internal.StoredSchema;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code kurier schema register}: a file becomes a version of a subject. */
@Command(
        name = "register",
        description = {
            "Registers a schema file under a subject and prints its id; a schema that is registered there keeps its id.",
            "With --folder beside --registry the file and its id are written into the folder too, so that publishers"
                    + " need no registry. A folder alone cannot give an id."
        })
final class SchemaRegisterCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(index = "0", paramLabel = "SUBJECT", description = "The subject, such as orders-value.")
    private String subject = "";

    @Parameters(index = "1", paramLabel = "FILE", description = "The file: .avsc, .json, .proto or .desc.")
    private String file = "";

    @Mixin
    private SchemaReferences references = new SchemaReferences();

    @Option(names = "--normalize", description = "Let the registry compare and store the normal form of the schema.")
    private boolean normalize;

    @Mixin
    private SchemaOptions options = new SchemaOptions();

    @Override
    public Integer call() {
        CommandLine command = Objects.requireNonNull(spec).commandLine();
        List<SchemaReference> all = references.all(command);
        return options.run(command, (registry, folder) -> {
            if (registry == null) {
                throw folder == null ? SchemaOptions.noStore(command) : noId(command);
            }
            return register(command, registry, folder, all);
        });
    }

    private static ParameterException noId(CommandLine command) {
        return new ParameterException(
                command,
                "--folder: a folder cannot give a schema an id; name by --registry the registry that does, or write"
                        + " the file's name alone into ids.properties, which is enough for the framing"
                        + " confluent-header");
    }

    private int register(
            CommandLine command, RegistrySchemas registry, @Nullable FolderSchemas folder, List<SchemaReference> all) {
        SchemaDocument document = SchemaFiles.read(file, registry.texts(all));
        if (folder != null) {
            folder.checkAdding(Path.of(file));
        }
        StoredSchema stored = registry.register(subject, document, all, normalize);
        command.getErr()
                .println("kurier: registered under " + Printable.of(subject)
                        + (stored.version() == 0 ? "" : ", version " + stored.version())
                        + (stored.guid() == null ? "" : ", GUID " + stored.guid()));
        command.getOut().println(stored.id());
        if (folder != null) {
            folder.add(Path.of(file), stored.id());
        }
        return 0;
    }
}
