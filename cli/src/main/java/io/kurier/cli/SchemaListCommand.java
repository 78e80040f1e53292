// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kurier.cli.schema.FolderSchemas;
import io.kurier.cli.schema.KnownSchema;
import io.kurier.cli.schema.SchemaStore;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code kurier schema list}: the schemas of a registry or a folder. */
@Command(
        name = "list",
        description = "Lists the subjects of a registry with the latest version of each, or the files of a folder.")
final class SchemaListCommand implements Callable<Integer> {
    private static final String NONE = "-";

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private SchemaOptions options = new SchemaOptions();

    @Option(names = "--json", description = "Print one JSON array instead, of an object for each schema.")
    private boolean json;

    @Override
    public Integer call() {
        CommandLine command = Objects.requireNonNull(spec).commandLine();
        return options.runWithOne(command, store -> list(command, store));
    }

    private int list(CommandLine command, SchemaStore store) {
        List<KnownSchema> schemas = store.list();
        if (json) {
            ArrayNode array = new ObjectMapper().createArrayNode();
            schemas.forEach(schema -> array.add(object(schema)));
            command.getOut().println(array);
        } else if (schemas.isEmpty()) {
            command.getErr().println("kurier: there are no schemas that this user may see");
        } else if (store instanceof FolderSchemas) {
            Table table = new Table("file", "id", "GUID", "format", "name");
            schemas.forEach(schema -> table.row(
                    name(schema), id(schema), guid(schema), schema.document().format(), ofContent(schema)));
            table.print(command.getOut());
        } else {
            Table table = new Table("subject", "version", "id", "format");
            schemas.forEach(schema -> table.row(
                    name(schema),
                    String.valueOf(schema.version()),
                    id(schema),
                    schema.document().format()));
            table.print(command.getOut());
        }
        return 0;
    }

    private static String name(KnownSchema schema) {
        return schema.name() == null ? NONE : schema.name();
    }

    private static String id(KnownSchema schema) {
        return schema.id() == 0 ? NONE : String.valueOf(schema.id());
    }

    private static String guid(KnownSchema schema) {
        return schema.guid() == null ? NONE : schema.guid().toString();
    }

    private static String ofContent(KnownSchema schema) {
        List<String> names = schema.document().names();
        return names.isEmpty() ? NONE : String.join(", ", names);
    }

    /** Returns the identity of a schema, without its text. */
    static ObjectNode object(KnownSchema schema) {
        ObjectNode object = new ObjectMapper().createObjectNode();
        object.put("name", schema.name());
        object.put("version", schema.version() == 0 ? null : (Integer) schema.version());
        object.put("id", schema.id() == 0 ? null : (Long) schema.id());
        object.put("guid", schema.guid() == null ? null : schema.guid().toString());
        object.put("format", schema.document().format());
        return object;
    }
}
