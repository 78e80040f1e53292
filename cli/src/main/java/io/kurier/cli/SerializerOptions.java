// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli;

import io.kurier.Printable;
import io.kurier.cli.cluster.TopicOptions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The options of commands that set keys of a serializer. */
final class SerializerOptions {
    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Set a key of the serializer, such as framing=none, or of its framing, such as"
                    + " schemas=registry; kurier keys lists them. May be repeated.")
    private List<String> set = new ArrayList<>();

    /**
     * Returns the keys.
     *
     * @throws ParameterException if one has no value or is set twice
     */
    Map<String, TopicOptions.Option> keys(CommandLine command) {
        Map<String, TopicOptions.Option> keys = new LinkedHashMap<>();
        assigned(set, "framing=none", command)
                .forEach((key, value) -> keys.put(key, new TopicOptions.Option(value, "--set")));
        return keys;
    }

    /**
     * Returns the keys and values of an option {@code --set}, in their order.
     *
     * @param example what one looks like, for the error
     * @throws ParameterException if one has no value or is set twice
     */
    static Map<String, String> assigned(List<String> set, String example, CommandLine command) {
        Map<String, String> keys = new LinkedHashMap<>();
        for (String text : set) {
            int end = text.indexOf('=');
            if (end < 1) {
                throw new ParameterException(command, "--set: it has the form KEY=VALUE, such as " + example);
            }
            String key = text.substring(0, end).strip();
            if (keys.put(key, text.substring(end + 1)) != null) {
                throw new ParameterException(command, "--set " + Printable.brief(key) + ": the key is set twice");
            }
        }
        return keys;
    }
}
