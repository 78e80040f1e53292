// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.route;

import io.kurier.PublishException;
import io.kurier.RecordId;
import io.kurier.Stage;
import io.kurier.core.internal.errors.ThrowableText;
import io.kurier.core.internal.plugins.PluginCloser;
import io.kurier.spi.EncodedRecord;
import io.kurier.spi.Guard;
import io.kurier.spi.NotReadyException;
import io.kurier.spi.Preparable;
import java.util.List;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.jspecify.annotations.Nullable;

/** A guard of a topic, with messages for its refusals and for results that are not allowed. */
final class RouteGuard {
    private final String alias;
    private final @Nullable String plugin;
    private final boolean hasId;
    private final Guard guard;

    private RouteGuard(String alias, @Nullable String plugin, boolean hasId, Guard guard) {
        this.alias = alias;
        this.plugin = plugin;
        this.hasId = hasId;
        this.guard = guard;
    }

    /**
     * Returns a guard of a plugin.
     *
     * @param hasId whether the records have an id, which must not be removed
     */
    static RouteGuard of(String alias, String plugin, boolean hasId, Guard guard) {
        return new RouteGuard(alias, plugin, hasId, guard);
    }

    /**
     * Returns one of Kurier's own guards, which returns the record that it gets, and whose messages need no name before
     * them.
     */
    static RouteGuard builtIn(String alias, Guard guard) {
        return new RouteGuard(alias, null, false, guard);
    }

    /**
     * Returns the record to send.
     *
     * @throws PublishException if the record must not be sent
     */
    EncodedRecord guard(EncodedRecord record) {
        @Nullable EncodedRecord guarded;
        try {
            guarded = guard.guard(record);
        } catch (Throwable e) { // an Error, and what a plugin throws undeclared: a guard fails closed
            String reason = ThrowableText.reason(e);
            throw Rejections.at(
                    Stage.GUARD,
                    alias,
                    plugin == null
                            ? reason
                            : "the guard " + plugin
                                    + (e instanceof NotReadyException ? " is " : " refused the record: ") + reason,
                    plugin != null || e instanceof RecordTooLargeException ? e : null);
        }
        if (guarded == record && !hasId) {
            return record;
        }
        if (guarded == null) {
            throw wrong("no record; have it answer the one to send, or throw to refuse it");
        }
        if (!guarded.topic().equals(record.topic())) {
            throw wrong("a record of another topic; have it answer one of the topic that it was given");
        }
        if (hasId && RecordId.of(guarded.headers()).isEmpty()) {
            throw wrong("a record without the header " + RecordId.HEADER
                    + ", by which it would be found; have it keep that header");
        }
        return guarded;
    }

    /** Whether it lets records through as they are, or refuses them. */
    boolean onlyChecks() {
        try {
            return plugin == null || guard.onlyChecks();
        } catch (Throwable e) { // of a plugin: then it is not known
            return false;
        }
    }

    void addTo(List<Prepared> all) {
        if (guard instanceof Preparable preparable) {
            all.add(new Prepared("the guard " + plugin + " of topic " + alias, preparable));
        }
    }

    void close() {
        PluginCloser.of("the guard " + plugin, alias, guard::close);
    }

    private PublishException wrong(String answer) {
        return Rejections.at(Stage.GUARD, alias, "the guard " + plugin + " answered " + answer, null);
    }
}
