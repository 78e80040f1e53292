// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.topics;

/**
 * One difference between a topic and its declaration.
 *
 * @param key the declared key, without {@code topics.<alias>.}
 * @param declared the declared value
 * @param actual the value in the cluster
 * @param advice what to do, in a sentence
 */
record Difference(String key, String declared, String actual, String advice) {}
