// SPDX-License-Identifier: Apache-2.0
/**
 * What a plugin author implements.
 *
 * <p>A plugin is a class with a public constructor without parameters, named in a file under {@code META-INF/services}
 * so that {@link java.util.ServiceLoader} finds it. Its {@link io.kurier.spi.Plugin#name()} is the word that users
 * write in configuration, and only plugins that are named there are used.
 *
 * <ul>
 *   <li>{@link io.kurier.spi.SerializerPlugin}: a format. It makes a Kafka {@code Serializer} and, if it can, the
 *       {@code Deserializer}. A format whose values can be larger than a record implements
 *       {@link io.kurier.spi.SequenceSerializer} as well.
 *   <li>{@link io.kurier.spi.PartitionerPlugin}: a rule that chooses the partition of an encoded record.
 * </ul>
 *
 * <p>A whole serializer plugin:
 *
 * <pre>{@code
 * public final class UpperCasePlugin implements SerializerPlugin {
 *     public String name() {
 *         return "upper";
 *     }
 *
 *     public Serializer<?> serializer(SerializerSettings settings) {
 *         return (Serializer<String>) (topic, text) -> text.toUpperCase(Locale.ROOT).getBytes(UTF_8);
 *     }
 * }
 * }</pre>
 *
 * <p>{@link io.kurier.spi.Guard} is a check of encoded records, and {@link io.kurier.spi.ReportingTask} lets a source
 * task tell its host what Kafka Connect's interfaces have no words for.
 */
@NullMarked
package io.kurier.spi;

import org.jspecify.annotations.NullMarked;
