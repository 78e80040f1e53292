// SPDX-License-Identifier: Apache-2.0
/**
 * The guard {@code encrypt}: values, and on request keys and headers, are encrypted before they reach Kafka, and opened
 * by readers that have the keys.
 *
 * <pre>{@code
 * topics.orders.guards=encrypt
 * topics.orders.guard.encrypt.key.source.file=/etc/kurier/keys.json
 * }</pre>
 *
 * <p>How it works:
 *
 * <ul>
 *   <li>Each value is encrypted with AES-256-GCM by a data key of the publisher's process, which is used for at most
 *       2^22 envelopes or an hour. The envelope contains the data key, wrapped by a key-encryption key of a {@link
 *       io.kurier.guards.encrypt.keys.KeySource}.
 *   <li>The value is bound to topic, key, record id, and the headers that describe it: in another place it does not
 *       open. {@code docs/wire/envelope.md} specifies each byte.
 *   <li>With the key {@code fields}, each named field is encrypted instead of the whole value, in an envelope of its own
 *       that is also bound to the field's place and to the bytes before the payload. In JSON a field of any kind becomes
 *       a text; in Avro and Protobuf the fields are of the types string and bytes, and keep them. What is not detected: a
 *       field that was removed altogether, and changes of the other fields.
 *   <li>It fails closed: without a data key a message is rejected, retriable, and never sent in plain text.
 *   <li>Readers use {@link io.kurier.guards.encrypt.DecryptingDeserializer}, {@link
 *       io.kurier.guards.encrypt.DecryptingDeserializers} in code and in Kafka Streams, or {@link
 *       io.kurier.guards.encrypt.RecordDecryptor} for whole records.
 * </ul>
 */
@NullMarked
package io.kurier.guards.encrypt;

import org.jspecify.annotations.NullMarked;
