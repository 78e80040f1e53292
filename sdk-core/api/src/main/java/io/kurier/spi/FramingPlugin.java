// SPDX-License-Identifier: Apache-2.0
package io.kurier.spi;

/**
 * A framing: how a record identifies the schema that wrote its payload, independent of the format of the payload. The
 * serializer's key {@code framing} selects it by name; the framing's own keys are set as {@code framing.NAME.KEY}.
 *
 * <p>Framing plugins are found like serializer plugins: on the class path and in folders. A serializer that is used in
 * a plain Kafka client finds them by {@link java.util.ServiceLoader}, through the class loader of the serializer.
 */
public interface FramingPlugin extends Plugin {

    /**
     * Returns whether it frames payloads of a format; by default true for every format.
     *
     * @param format as {@link PayloadSchema#format()}
     */
    default boolean supports(String format) {
        return true;
    }

    /** Creates the framing of one serializer or deserializer. An exception stops the start. */
    Framing framing(FramingSettings settings);
}
