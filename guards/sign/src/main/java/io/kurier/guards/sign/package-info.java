// SPDX-License-Identifier: Apache-2.0
/**
 * The guard {@code sign}: each record is signed in a header, and readers that verify it refuse a record that was forged,
 * changed, or moved to another topic or key. Readers without keys read on.
 *
 * <pre>{@code
 * topics.orders.guards=sign
 * topics.orders.guard.sign.keyset.file=/etc/kurier/signing.json
 * topics.orders.guard.sign.headers=tenant
 * }</pre>
 *
 * <p>How it works:
 *
 * <ul>
 *   <li>The primary key of the keyset signs with Ed25519. The header {@code kurier.signature} has the signature and the
 *       id of the key; value, key and other headers stay as they are. {@code docs/wire/signature.md} specifies each
 *       byte.
 *   <li>Signed are the value, also that there is none, and what it is bound to: topic, key, record id, the headers that
 *       describe the value, and those that the key {@code headers} lists.
 *   <li>Readers have the public keys, several of them while keys are rotated. They use {@link
 *       io.kurier.guards.sign.VerifyingDeserializer} with {@link io.kurier.guards.sign.VerifyingKeyDeserializer} and
 *       {@link io.kurier.guards.sign.VerifyingInterceptor}, {@link io.kurier.guards.sign.VerifyingDeserializers} in code
 *       and in Kafka Streams, or {@link io.kurier.guards.sign.RecordVerifier} for whole records.
 *   <li>A signature does not show that a record is missing. That a record was stored once more, with another offset, is
 *       detected by its record id, within a window of ids that each reader keeps in memory.
 * </ul>
 *
 * <p>With {@code guards=encrypt,sign} what is encrypted is signed, so that a reader refuses it before it opens it. With
 * {@code guards=sign,encrypt} the plain text is signed, and the signature confirms to anyone with the public key whether
 * a guess of the plain text is right; use the first order.
 */
@NullMarked
package io.kurier.guards.sign;

import org.jspecify.annotations.NullMarked;
