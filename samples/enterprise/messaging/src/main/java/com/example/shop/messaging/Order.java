// SPDX-License-Identifier: Apache-2.0
package com.example.shop.messaging;

/**
 * An order of a customer.
 *
 * @param id the id of the order
 * @param customer the customer who orders
 * @param country the destination, two letters
 * @param total in euros
 */
public record Order(String id, String customer, String country, double total) {}
