// SPDX-License-Identifier: Apache-2.0
package io.kurier.guards.encrypt.internal.fields;

import io.kurier.serializers.internal.FieldPath;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;

/**
 * The paths of the fields that are encrypted, as a tree of names. Not changed once it is made.
 *
 * @param path the first of the paths that lead through this node, for messages
 * @param level the number of names that lead to this node
 * @param children the nodes below, by name; empty if the path ends here
 */
public record FieldTree(FieldPath path, int level, Map<String, FieldTree> children) {

    /**
     * Returns the tree of paths.
     *
     * @param paths at least one
     * @throws ConfigException if one is no path, is given twice, or leads through another one
     */
    public static FieldTree of(Collection<String> paths) {
        FieldTree root = new FieldTree(FieldPath.of(paths.iterator().next()), 0, new LinkedHashMap<>());
        for (String text : paths) {
            if (text.indexOf('[') >= 0) {
                throw new ConfigException("the path \"" + text + "\" has an index or a key. Write names only: of a list"
                        + " and of a map, each element is meant");
            }
            root.add(FieldPath.of(text));
        }
        return root;
    }

    private void add(FieldPath added) {
        FieldTree node = this;
        for (int level = 0; level < added.length(); level++) {
            boolean isLast = level == added.length() - 1;
            FieldTree next = node.children.get(added.name(level));
            if (next == null) {
                next = new FieldTree(added, level + 1, new LinkedHashMap<>());
                node.children.put(added.name(level), next);
            } else if (isLast || next.isLast()) {
                throw new ConfigException(
                        added.toString().equals(next.path.toString())
                                ? "the path " + added + " is given twice"
                                : "one of the paths " + next.path + " and " + added + " leads through the other, which"
                                        + " is encrypted as a whole. Leave one of them out");
            }
            node = next;
        }
    }

    /** Returns whether a path ends here. */
    public boolean isLast() {
        return children.isEmpty();
    }

    /** Returns all paths of the tree. */
    public List<FieldPath> paths() {
        return isLast()
                ? List.of(path)
                : children.values().stream()
                        .flatMap(child -> child.paths().stream())
                        .toList();
    }

    /** Returns the end of a sentence about a value on the way to a field that has no fields. */
    public String noFields(Place place, String kind) {
        return "the path " + path + " leads to no field: " + place + " is " + kind + ", which has no fields";
    }
}
