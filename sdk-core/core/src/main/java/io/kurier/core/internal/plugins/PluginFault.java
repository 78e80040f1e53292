// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.plugins;

import io.kurier.Printable;

/**
 * Something that is wrong with a jar, a folder or one of the plugins that they should hold.
 *
 * @param origin for people: the jar or folder, such as {@code plugins/csv/csv-1.0.jar}
 * @param kind what it should have been: {@code serializer}, {@code partitioner}, {@code guard}, {@code connector}, or
 *     {@link #ANY} if that cannot be told
 * @param reason what is wrong and what to do, in sentences
 * @param isWarning whether its plugins can be used nonetheless
 */
public record PluginFault(String origin, String kind, String reason, boolean isWarning) {
    /** The kind of a jar whose plugins cannot even be counted. */
    public static final String ANY = "plugin";

    /** A fault, whose words may hold names of files and classes as they are. */
    public PluginFault {
        origin = Printable.of(origin);
        reason = Printable.of(reason);
    }

    static PluginFault broken(String origin, String kind, String reason) {
        return new PluginFault(origin, kind, reason, false);
    }

    static PluginFault warning(String origin, String reason) {
        return new PluginFault(origin, ANY, reason, true);
    }

    /** Whether it may be why there is no plugin of a kind. */
    boolean mayHide(String otherKind) {
        return !isWarning && (kind.equals(ANY) || kind.equals(otherKind));
    }

    /** The jar or folder, and what is wrong. */
    @Override
    public String toString() {
        return origin + ": " + reason;
    }
}
