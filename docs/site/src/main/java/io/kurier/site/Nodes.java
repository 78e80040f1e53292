// SPDX-License-Identifier: Apache-2.0
package io.kurier.site;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.commonmark.node.Node;

/** What is inside a node of a document. */
final class Nodes {
    private Nodes() {}

    /** Returns the nodes of a kind inside a node, in the order of the text. */
    static <N extends Node> Stream<N> in(Node start, Class<N> kind) {
        List<Node> found = new ArrayList<>();
        collect(start, found);
        return found.stream().filter(kind::isInstance).map(kind::cast);
    }

    private static void collect(Node parent, List<Node> found) {
        for (Node child = parent.getFirstChild(); child != null; child = child.getNext()) {
            found.add(child);
            collect(child, found);
        }
    }
}
