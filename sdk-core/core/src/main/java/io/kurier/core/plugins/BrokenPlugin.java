// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.plugins;

/**
 * A provider that is named in {@code META-INF/services} and cannot be used.
 *
 * @param kind what it should have been: {@code serializer}, {@code partitioner}
 * @param reason what the loader said
 */
public record BrokenPlugin(String kind, String reason) {}
