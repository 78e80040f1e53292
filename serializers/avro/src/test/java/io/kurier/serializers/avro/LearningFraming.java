// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.avro;

import io.kurier.spi.Frame;
import io.kurier.spi.FrameReader;
import io.kurier.spi.FrameWriter;
import io.kurier.spi.Framing;
import io.kurier.spi.FramingPlugin;
import io.kurier.spi.FramingSettings;
import io.kurier.spi.PayloadSchema;
import java.util.Collection;

/** One zero byte, and a schema that a server is said to know. */
record LearningFraming(String text) implements Framing {
    @Override
    public FrameWriter writer(String topic, PayloadSchema schema) {
        return headers -> new byte[] {0};
    }

    @Override
    public FrameReader reader(Collection<? extends PayloadSchema> known) {
        Frame frame = new Frame(PayloadSchema.of("avro", null, text), 1);
        return (topic, headers, bytes, offset, length) -> frame;
    }

    /** Makes the framing available as {@code learning}. */
    record Plugin(String text) implements FramingPlugin {
        @Override
        public String name() {
            return "learning";
        }

        @Override
        public Framing framing(FramingSettings settings) {
            return new LearningFraming(text);
        }
    }
}
