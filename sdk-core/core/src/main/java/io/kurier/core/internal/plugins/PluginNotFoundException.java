// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.plugins;

import io.kurier.Printable;
import io.kurier.core.internal.config.Suggestion;
import io.kurier.spi.Plugin;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A name in configuration that is not the name of exactly one plugin. The message lists the existing names. */
public final class PluginNotFoundException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private PluginNotFoundException(String message) {
        super(Printable.of(message));
    }

    static <P extends Plugin> PluginNotFoundException none(
            String kind, String name, List<FoundPlugin<P>> plugins, List<PluginFault> faults) {
        List<String> names = plugins.stream()
                .flatMap(found -> Stream.concat(
                        Stream.of(found.name()), found.aliases().stream().sorted()))
                .toList();
        StringBuilder message = new StringBuilder("no " + kind + " is named \"" + name + "\".");
        Suggestion.nearest(name, names).ifPresent(near -> message.append(" Did you mean " + near + "?"));
        message.append(" Found: ")
                .append(plugins.isEmpty() ? "none" : joined(plugins))
                .append(". Add the plugin's jar to the class path, or to a folder of plugin.path.")
                .append(wayOut(kind));
        faults.forEach(fault -> message.append(" Cannot be used: ").append(fault));
        return new PluginNotFoundException(message.toString());
    }

    private static String wayOut(String kind) {
        return switch (kind) {
            case "serializer" -> KafkaSerializers.wayOut();
            case "partitioner" -> KafkaPartitioners.wayOut();
            default -> "";
        };
    }

    static <P extends Plugin> PluginNotFoundException several(String kind, String name, List<FoundPlugin<P>> matches) {
        return new PluginNotFoundException("more than one " + kind + " is named \"" + name + "\": " + joined(matches)
                + ". Remove all but one of them.");
    }

    private static <P extends Plugin> String joined(List<FoundPlugin<P>> plugins) {
        return plugins.stream()
                .map(found -> found.names() + " in " + found.origin())
                .sorted()
                .collect(Collectors.joining(", "));
    }
}
