// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host.internal.plugins;

import java.util.Locale;
import org.apache.kafka.connect.source.SourceConnector;

/**
 * The names by which properties may call a plugin, besides the full name of its class: a Connect worker's aliases (the
 * simple name, and that without the kind), and for a nested class {@code Outer$Nested}.
 */
final class PluginNames {
    private PluginNames() {}

    /** Returns whether a class has a name. */
    static boolean has(Class<?> type, Class<?> kind, String name) {
        String inPackage = type.getName().substring(type.getName().lastIndexOf('.') + 1);
        String simple = inPackage.substring(inPackage.lastIndexOf('$') + 1);
        if (name.equals(inPackage) || name.equals(simple)) {
            return true;
        }
        String suffix = suffix(kind);
        return isWithout(suffix, simple, name)
                || (suffix.equals("HeaderConverter") && isWithout("Converter", simple, name));
    }

    /** Returns a name without its kind at the end, if it has that: {@code TextSource} for {@code TextSourceConnector}. */
    static String withoutKind(String name, Class<?> kind) {
        String suffix = suffix(kind);
        return name.endsWith(suffix) && name.length() > suffix.length()
                ? name.substring(0, name.length() - suffix.length())
                : name;
    }

    private static boolean isWithout(String suffix, String simple, String name) {
        return simple.endsWith(suffix)
                && simple.length() > suffix.length()
                && name.equals(simple.substring(0, simple.length() - suffix.length()));
    }

    private static String suffix(Class<?> kind) {
        return kind == SourceConnector.class ? "Connector" : kind.getSimpleName();
    }

    /** Returns a kind as users call it, for example "header converter". */
    static String ofKind(Class<?> kind) {
        return kind.getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
    }
}
