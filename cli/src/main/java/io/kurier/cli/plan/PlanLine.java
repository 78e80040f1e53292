// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli.plan;

/**
 * A number of a plan, for people.
 *
 * @param name what it is
 * @param value the number with its unit
 * @param formula how it is calculated; it begins with "estimate" if the number is one
 */
public record PlanLine(String name, String value, String formula) {}
