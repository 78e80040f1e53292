// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kurier.plugins.host.internal.offsets.OffsetBackingStore;
import io.kurier.plugins.host.internal.offsets.OffsetJson;
import io.kurier.plugins.host.internal.offsets.OffsetKey;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code kurier offsets show}: what is stored. */
@Command(
        name = "show",
        description = "Prints the stored offset of each source partition; that of a running host too, as it was last"
                + " stored.")
final class OffsetsShowCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private OffsetsOptions options = new OffsetsOptions();

    @Option(names = "--connector", paramLabel = "NAME", description = "Print those of this connector only.")
    private @Nullable String connector;

    @Option(names = "--json", description = "Print one JSON array instead, of an object for each source partition.")
    private boolean json;

    @Override
    public Integer call() {
        CommandLine command = Objects.requireNonNull(spec).commandLine();
        try (OffsetBackingStore store = options.store(command)) {
            Map<OffsetKey, Map<String, Object>> all = options.peek(store);
            print(command, connector == null ? all : OffsetsOptions.of(connector, all));
        }
        return 0;
    }

    private void print(CommandLine command, Map<OffsetKey, Map<String, Object>> offsets) {
        if (json) {
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            offsets.forEach((key, offset) -> {
                ObjectNode object = array.addObject().put("connector", key.connector());
                object.set("partition", OffsetJson.object(key.partition()));
                object.set("offset", OffsetJson.object(offset));
            });
            command.getOut().println(array);
        } else if (offsets.isEmpty()) {
            command.getErr().println("kurier: no source offset is stored there");
        } else {
            Table table = new Table("connector", "partition", "offset");
            offsets.forEach((key, offset) -> table.row(
                    key.connector(),
                    OffsetJson.object(key.partition()).toString(),
                    OffsetJson.object(offset).toString()));
            table.print(command.getOut());
        }
        StandardOutput.failIfNotWritten(command.getOut());
    }
}
