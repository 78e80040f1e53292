// SPDX-License-Identifier: Apache-2.0
package io.kurier.spi;

/**
 * A framing: how a record says which schema wrote its payload, whatever the format of the payload. The serializer's key
 * {@code framing} chooses it by name; its own keys are set below that, as {@code framing.NAME.KEY}.
 *
 * <p>Found where serializers are: on the class path and in folders. A serializer that is used in a plain Kafka client finds
 * it by {@link java.util.ServiceLoader}, through the class loader of the serializer.
 */
public interface FramingPlugin extends Plugin {

    /**
     * Whether it frames payloads of a format; by default of any.
     *
     * @param format as {@link PayloadSchema#format()}
     */
    default boolean supports(String format) {
        return true;
    }

    /** Makes the framing of one serializer or deserializer. An exception stops the start. */
    Framing framing(FramingSettings settings);
}
