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
 *   <li>{@link io.kurier.spi.FramingPlugin}: what stands before a payload and says which schema wrote it, such as the id of a
 *       schema registry.
 *   <li>{@link io.kurier.spi.PartitionerPlugin}: a rule that chooses the partition of an encoded record.
 *   <li>{@link io.kurier.spi.GuardPlugin}: a rule that encoded records must pass before they leave; it may change them.
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
 * <p>A whole guard plugin, with a key of its own. With {@code topics.orders.guards=digest} and
 * {@code topics.orders.guard.digest.algorithm=SHA-512} it adds a header to each record of the topic, and refuses
 * tombstones:
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
 *         digest(algorithm); // one that nobody has stops the start
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
 * <p>What needs an answer of a server never waits for it in the caller's thread: it throws {@link
 * io.kurier.spi.NotReadyException}, and may ask before the first record as a {@link io.kurier.spi.Preparable}.
 *
 * <p>What a guard throws rejects the message, and no byte of the record leaves. {@link io.kurier.spi.ReportingTask} lets
 * a source task tell its host what Kafka Connect's interfaces have no words for.
 */
@NullMarked
package io.kurier.spi;

import org.jspecify.annotations.NullMarked;
