// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli;

import io.kurier.Printable;
import io.kurier.serializers.registry.internal.SchemaReference;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The option of commands that send a schema which refers to others. */
final class SchemaReferences {
    private static final Pattern FORM = Pattern.compile("([^=]+)=(.+):([1-9][0-9]{0,8})");

    @Option(
            names = "--reference",
            paramLabel = "NAME=SUBJECT:VERSION",
            description = "A schema of the registry that the file refers to by NAME: a full name of Avro, a URI of JSON"
                    + " Schema, the path of an import of Protobuf. May be repeated.")
    private List<String> references = new ArrayList<>();

    /**
     * Returns the references.
     *
     * @throws ParameterException if one has another form
     */
    List<SchemaReference> all(CommandLine command) {
        List<SchemaReference> all = new ArrayList<>();
        for (String text : references) {
            Matcher form = FORM.matcher(text);
            if (!form.matches()) {
                throw new ParameterException(
                        command, "--reference " + Printable.brief(text) + ": it has the form NAME=SUBJECT:VERSION");
            }
            all.add(new SchemaReference(form.group(1), form.group(2), Integer.parseInt(form.group(3))));
        }
        return all;
    }
}
