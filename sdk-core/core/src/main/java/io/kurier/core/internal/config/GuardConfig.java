// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.config;

import java.util.List;

/**
 * The conditions that the records of a topic must meet before they are sent.
 *
 * @param plugins the guard plugins, in the order in which they run
 * @param requiredHeaders names of headers that every record must have
 * @param keyRequired whether every record must have a key
 * @param maxRecordBytes the largest record allowed, key, value and headers, in bytes
 */
public record GuardConfig(
        List<PluginChoice> plugins, List<String> requiredHeaders, boolean keyRequired, int maxRecordBytes) {}
