// SPDX-License-Identifier: Apache-2.0
package com.example.shop.messaging;

/**
 * What a customer orders.
 *
 * @param id of the order
 * @param customer who
 * @param country where to, two letters
 * @param total in euros
 */
public record Order(String id, String customer, String country, double total) {}
