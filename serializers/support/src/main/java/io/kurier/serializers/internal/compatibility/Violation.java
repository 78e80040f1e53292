// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.internal.compatibility;

/**
 * A change that breaks compatibility.
 *
 * @param path the full path of the field
 * @param rule the name of the rule, such as {@code FIELD_REMOVED}
 * @param explanation what has changed and why it matters
 */
public record Violation(String path, String rule, String explanation) {
    @Override
    public String toString() {
        return path + ": " + rule + ": " + explanation;
    }
}
