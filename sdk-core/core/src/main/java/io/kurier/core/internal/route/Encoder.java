// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.route;

import io.kurier.PublishException;
import io.kurier.Stage;
import io.kurier.TypeRef;
import io.kurier.core.internal.errors.ThrowableText;
import io.kurier.core.internal.plugins.HeaderAwareness;
import io.kurier.core.internal.plugins.PluginCloser;
import io.kurier.spi.NotReadyException;
import io.kurier.spi.Preparable;
import io.kurier.spi.RecordSequence;
import io.kurier.spi.SequenceSerializer;
import java.util.List;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/** The serializer of a topic's keys or values, with messages for its refusals. */
final class Encoder {

    private final String alias;
    private final String what;
    private final String pluginName;
    private final Serializer<Object> serializer;
    private final @Nullable SequenceSerializer<Object> sequences;
    private final boolean seesHeaders;

    @SuppressWarnings("unchecked") // a value of another type is caught as ClassCastException below
    Encoder(String alias, String what, String pluginName, Serializer<?> serializer) {
        this.alias = alias;
        this.what = what;
        this.pluginName = pluginName;
        this.serializer = (Serializer<Object>) serializer;
        this.sequences = serializer instanceof SequenceSerializer<?> able ? (SequenceSerializer<Object>) able : null;
        this.seesHeaders = HeaderAwareness.in(serializer);
    }

    byte @Nullable [] encode(String topic, Headers headers, @Nullable Object input, TypeRef<?> type) {
        if (input == null) {
            return null;
        }
        checkType(input, type);
        try {
            return serializer.serialize(topic, headers, input);
        } catch (Throwable e) { // an Error, and what a plugin throws undeclared: publish never throws
            throw refused(input, e);
        }
    }

    /** Returns whether the serializer uses the headers of a record, and may add some. */
    boolean seesHeaders() {
        return seesHeaders;
    }

    /** Returns whether a value may become several records. */
    boolean makesSequences() {
        return sequences != null;
    }

    boolean isSequence(@Nullable Object input) {
        return sequences != null && input != null;
    }

    RecordSequence sequence(String topic, Headers headers, @Nullable Object input, TypeRef<?> type) {
        if (sequences == null || input == null) {
            throw new IllegalStateException("not a sequence");
        }
        checkType(input, type);
        try {
            return sequences.sequence(topic, headers, input);
        } catch (Throwable e) { // an Error, and what a plugin throws undeclared: publish never throws
            throw refused(input, e);
        }
    }

    void addTo(List<Prepared> all) {
        if (serializer instanceof Preparable preparable) {
            all.add(new Prepared(
                    "the serializer " + pluginName + " of the " + what + "s of topic " + alias, preparable));
        }
    }

    void close() {
        PluginCloser.of("the serializer " + pluginName, alias, serializer::close);
    }

    private void checkType(Object input, TypeRef<?> type) {
        if (!type.rawType().isInstance(input)) {
            throw Rejections.at(
                    Stage.ENCODE,
                    alias,
                    "the " + what + " is a " + input.getClass().getName() + ", and the topic's type is " + type,
                    null);
        }
    }

    private PublishException refused(Object input, Throwable e) {
        if (e instanceof NotReadyException) {
            return Rejections.at(
                    Stage.ENCODE, alias, "the serializer " + pluginName + " is " + ThrowableText.reason(e), e);
        }
        String reason = e instanceof ClassCastException
                ? "does not take a " + input.getClass().getName()
                : "refused the " + what + ": " + ThrowableText.reason(e);
        return Rejections.at(Stage.ENCODE, alias, "the serializer " + pluginName + " " + reason, e);
    }
}
