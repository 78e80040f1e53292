// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.topics;

/**
 * One thing in which a topic is not as declared.
 *
 * @param key what was declared, without {@code topics.<alias>.}
 * @param declared the declared value
 * @param actual what the cluster shows
 * @param advice what to do, in a sentence
 */
record Difference(String key, String declared, String actual, String advice) {}
