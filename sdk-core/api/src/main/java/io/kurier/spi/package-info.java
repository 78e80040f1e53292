// SPDX-License-Identifier: Apache-2.0
/**
 * The interfaces that plugin authors implement.
 *
 * <p>A plugin is a class with a public constructor without parameters, named in a file under {@code META-INF/services}
 * so that {@link java.util.ServiceLoader} finds it. Its {@link io.kurier.spi.Plugin#name()} is the name that users
 * write in configuration, and only plugins that are named there are used.
 *
 * <ul>
 *   <li>{@link io.kurier.spi.SerializerPlugin}: a format. It creates a Kafka {@code Serializer} and, if it can, the
 *       {@code Deserializer}. A format whose values can be larger than a record implements {@link
 *       io.kurier.spi.SequenceSerializer} as well.
 *   <li>{@link io.kurier.spi.FramingPlugin}: the bytes or headers that identify the schema that wrote a payload, such
 *       as the id of a schema registry.
 *   <li>{@link io.kurier.spi.PartitionerPlugin}: a rule that chooses the partition of an encoded record.
 *   <li>{@link io.kurier.spi.GuardPlugin}: a rule that encoded records must pass before they are sent; it may change
 *       them.
 * </ul>
 *
 * <p>A complete serializer plugin:
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
 * <p>A complete guard plugin, with its own key. With {@code topics.orders.guards=digest} and {@code
 * topics.orders.guard.digest.algorithm=SHA-512} it adds a header to each record of the topic, and refuses tombstones:
 *
 * <pre>{@code
 * public final class DigestPlugin implements GuardPlugin {
 *     public String name() {
 *         return "digest";
 *     }
 *
 *     public ConfigDef configDef() {
 *         return new ConfigDef().define("algorithm", Type.STRING, "SHA-256", Importance.LOW, "of MessageDigest");
 *     }
 *
 *     public Guard guard(GuardSettings settings) {
 *         String algorithm = settings.config().getString("algorithm");
 *         digest(algorithm); // an unknown algorithm stops the start
 *         return record -> {
 *             if (record.value() == null) {
 *                 throw new IllegalArgumentException("a tombstone has no digest; publish a value");
 *             }
 *             record.headers().add("digest", digest(algorithm).digest(record.value()));
 *             return record;
 *         };
 *     }
 *
 *     private static MessageDigest digest(String algorithm) {
 *         try {
 *             return MessageDigest.getInstance(algorithm);
 *         } catch (NoSuchAlgorithmException e) {
 *             throw new IllegalArgumentException("there is no digest " + algorithm, e);
 *         }
 *     }
 * }
 * }</pre>
 *
 * <p>A plugin that needs a response of a server never waits for it in the caller's thread: it throws {@link
 * io.kurier.spi.NotReadyException}, and may send the request before the first record as a {@link
 * io.kurier.spi.Preparable}.
 *
 * <p>An exception of a guard rejects the message, and no byte of the record is sent. With {@link
 * io.kurier.spi.ReportingTask}, a source task reports to its host what Kafka Connect's interfaces cannot express.
 */
@NullMarked
package io.kurier.spi;

import org.jspecify.annotations.NullMarked;
