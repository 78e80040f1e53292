// SPDX-License-Identifier: Apache-2.0
package io.kurier.peers;

/** A value of {@code schemas/payment.json}; public for the serializers of others. */
public record Payment(String id, long cents, String note) {}
