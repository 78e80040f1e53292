// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.registry.internal;

/**
 * A rule of a schema's rule set, as far as a client has to know it to refuse what it cannot run.
 *
 * @param name the rule's name
 * @param kind {@code TRANSFORM} or {@code CONDITION}
 * @param mode {@code WRITE}, {@code READ}, {@code WRITEREAD}, {@code UPGRADE}, {@code DOWNGRADE} or {@code UPDOWN}
 * @param type the executor, such as {@code ENCRYPT}, {@code CEL}, {@code JSONATA}
 * @param isDisabled whether it is not to be run
 */
public record SchemaRule(String name, String kind, String mode, String type, boolean isDisabled) {}
