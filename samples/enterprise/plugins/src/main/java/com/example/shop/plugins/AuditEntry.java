// SPDX-License-Identifier: Apache-2.0
package com.example.shop.plugins;

/**
 * An action of a user.
 *
 * @param who a user of the shop
 * @param what a verb, such as {@code placed}
 * @param order the order's id
 */
public record AuditEntry(String who, String what, String order) {}
