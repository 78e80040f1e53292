// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.topics;

/**
 * A difference between a topic and its declaration, or a refusal of the cluster, for people.
 *
 * @param where the key with its place, or the topic if that key is not set
 * @param what the difference, without secrets
 * @param advice what to do, in sentences
 */
public record Deviation(String where, String what, String advice) {}
