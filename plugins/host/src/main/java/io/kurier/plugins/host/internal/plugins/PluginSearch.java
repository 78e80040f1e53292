// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host.internal.plugins;

import io.kurier.Printable;
import io.kurier.StartException;
import io.kurier.core.internal.config.Suggestion;
import io.kurier.core.internal.errors.ThrowableText;
import io.kurier.core.internal.plugins.PluginFault;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.kafka.connect.source.SourceConnector;
import org.jspecify.annotations.Nullable;

/**
 * Finds the class that a name in properties means. Sources of one tier have equal rights, so that a name which two of
 * them have is an error; a tier is searched if those before it do not have the name.
 */
final class PluginSearch {
    private final String where;
    private final Class<?> kind;
    private final List<List<PluginSource>> tiers;
    private final List<PluginFault> broken;
    private final List<String> otherwise = new ArrayList<>();
    private @Nullable LinkageError unusable;

    /** A class and where it is. */
    record Found(Class<?> type, PluginSource source) {
        @Override
        public String toString() {
            return type.getName() + " in " + source.origin();
        }
    }

    /**
     * Prepares a search.
     *
     * @param where the connector and the key, for errors
     * @param broken jars that cannot be used, for errors
     */
    PluginSearch(String where, Class<?> kind, List<List<PluginSource>> tiers, List<PluginFault> broken) {
        this.where = where;
        this.kind = kind;
        this.tiers = tiers;
        this.broken = broken;
    }

    /**
     * Returns the class of a name.
     *
     * @throws StartException if there is none, or more than one
     */
    Found find(String name) {
        return only(name, candidates(name));
    }

    /**
     * Returns the classes of a name, at least one.
     *
     * @throws StartException if there is none
     */
    List<Found> candidates(String name) {
        for (List<PluginSource> tier : tiers) {
            List<Found> found = new ArrayList<>();
            tier.forEach(source -> byName(source, name, found));
            if (!found.isEmpty()) {
                return found;
            }
        }
        for (List<PluginSource> tier : tiers) {
            List<Found> found = new ArrayList<>();
            tier.forEach(source -> source.types(kind).stream()
                    .filter(type -> PluginNames.has(type, kind, name))
                    .forEach(type -> found.add(new Found(type, source))));
            if (!found.isEmpty()) {
                return found;
            }
        }
        throw none(name);
    }

    private void byName(PluginSource source, String name, List<Found> found) {
        try {
            Class<?> type = source.byName(name);
            if (type == null) {
                return;
            }
            if (!kind.isAssignableFrom(type)) {
                otherwise.add(type.getName() + " in " + source.origin(type) + " is no " + PluginNames.ofKind(kind)
                        + (isSink(type) ? ": it is a sink connector." : "."));
            } else if (Modifier.isAbstract(type.getModifiers())) {
                otherwise.add(type.getName() + " is abstract." + nested(type));
            } else {
                found.add(new Found(type, source));
            }
        } catch (LinkageError e) {
            unusable = e;
            String conflict = source.folder() == null ? null : JarConflict.explain(source.folder(), e);
            otherwise.add(Printable.brief(name) + " in " + source.origin() + " cannot be loaded: " + ThrowableText.of(e)
                    + "." + (conflict == null ? "" : " " + conflict));
        }
    }

    private static boolean isSink(Class<?> type) {
        for (Class<?> parent = type; parent != null; parent = parent.getSuperclass()) {
            if (parent.getName().equals("org.apache.kafka.connect.sink.SinkConnector")) {
                return true;
            }
        }
        return false;
    }

    private String nested(Class<?> outer) {
        List<String> names = Arrays.stream(outer.getClasses())
                .filter(type -> kind.isAssignableFrom(type) && !Modifier.isAbstract(type.getModifiers()))
                .map(Class::getName)
                .sorted()
                .toList();
        return names.isEmpty() ? "" : " Write " + String.join(" or ", names) + ".";
    }

    /**
     * Returns the only one of several classes.
     *
     * @throws StartException if there are more
     */
    Found only(String name, List<Found> found) {
        if (found.size() == 1) {
            return found.get(0);
        }
        String quoted = "\"" + Printable.brief(name) + "\"";
        if (found.stream().map(each -> each.type().getName()).distinct().count() == 1) {
            throw new StartException(
                    where + ": " + quoted + " is in "
                            + String.join(
                                    " and in ",
                                    found.stream()
                                            .map(each -> each.source().origin(each.type()))
                                            .toList())
                            + ". Remove all but one of them"
                            + (kind == SourceConnector.class
                                    ? ", or choose by connector.plugin.version if their versions differ."
                                    : "."),
                    null);
        }
        boolean oneSource = found.stream().map(Found::source).distinct().count() == 1;
        throw new StartException(
                where + ": " + quoted + " can be any of "
                        + String.join(
                                ", ",
                                found.stream()
                                        .map(each -> oneSource ? each.type().getName() : each.toString())
                                        .toList())
                        + ". Write the full name.",
                null);
    }

    private StartException none(String name) {
        List<String> names = tiers.stream()
                .flatMap(List::stream)
                .flatMap(source -> source.types(kind).stream())
                .map(Class::getName)
                .distinct()
                .sorted()
                .toList();
        String word = PluginNames.ofKind(kind);
        StringBuilder text = new StringBuilder(where + ": no " + word + " is named \"" + Printable.brief(name) + "\".");
        otherwise.stream().distinct().forEach(reason -> text.append(' ').append(reason));
        if (otherwise.isEmpty()) {
            List<String> simple = names.stream()
                    .map(full -> full.substring(full.lastIndexOf('.') + 1))
                    .flatMap(full -> Stream.of(full, PluginNames.withoutKind(full, kind)))
                    .toList();
            text.append(Suggestion.nearest(name, name.indexOf('.') < 0 ? simple : names)
                    .map(near -> " Did you mean " + near + "?")
                    .orElse(""));
        }
        text.append(" Found: ")
                .append(names.isEmpty() ? "none" : String.join(", ", names))
                .append('.');
        List<String> faults = Stream.concat(
                        broken.stream(),
                        tiers.stream().flatMap(List::stream).flatMap(source -> source.faults(kind).stream()))
                .map(PluginFault::toString)
                .distinct()
                .toList();
        if (!faults.isEmpty()) {
            text.append(" Could not be used: ").append(String.join(" ", faults));
        }
        text.append(" Add the ")
                .append(word.substring(word.lastIndexOf(' ') + 1).toLowerCase(Locale.ROOT))
                .append("'s jar to the class path, or its folder to plugin.path.");
        return new StartException(text.toString(), unusable);
    }
}
