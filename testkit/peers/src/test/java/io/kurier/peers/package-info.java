// SPDX-License-Identifier: Apache-2.0
/**
 * What Kurier writes, others read, and the reverse, with a real schema registry: Apicurio's own serializers, Confluent's
 * for JavaScript, kcat. The partitions that other clients choose are in {@link io.kurier.peers.partitions}.
 */
@NullMarked
package io.kurier.peers;

import org.jspecify.annotations.NullMarked;
