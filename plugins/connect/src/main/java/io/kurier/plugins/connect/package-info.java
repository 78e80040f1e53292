// SPDX-License-Identifier: Apache-2.0
/**
 * The serializers as a {@code Converter} of Kafka Connect, so that a connector on a worker, or on Kurier's host, writes
 * with the same formats, framings and sources of schemas as a publisher.
 *
 * <pre>{@code
 * value.converter=io.kurier.plugins.connect.KurierConverter
 * value.converter.serializer=avro
 * value.converter.framing=confluent
 * value.converter.framing.confluent.schemas=registry
 * value.converter.framing.confluent.schema.registry.url=https://registry:8081
 * }</pre>
 */
@NullMarked
package io.kurier.plugins.connect;

import org.jspecify.annotations.NullMarked;
