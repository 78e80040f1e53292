// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.plugins;

import io.kurier.Printable;

/**
 * A problem of a jar, a folder or one of the plugins that they should hold.
 *
 * @param origin for people: the jar or folder, such as {@code plugins/csv/csv-1.0.jar}
 * @param kind the kind of plugin: {@code serializer}, {@code partitioner}, {@code guard}, {@code connector}, or {@link
 *     #ANY} if it is unknown
 * @param reason the problem and what to do, in sentences
 * @param isWarning whether its plugins can be used nonetheless
 */
public record PluginFault(String origin, String kind, String reason, boolean isWarning) {
    /** The kind of a jar whose plugins cannot even be counted. */
    public static final String ANY = "plugin";

    /** Makes the origin and the reason printable: they may contain names of files and classes. */
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

    /** Returns whether it may be the reason why there is no plugin of a kind. */
    boolean mayHide(String otherKind) {
        return !isWarning && (kind.equals(ANY) || kind.equals(otherKind));
    }

    /** Returns the jar or folder, and the problem. */
    @Override
    public String toString() {
        return origin + ": " + reason;
    }
}
