// SPDX-License-Identifier: Apache-2.0
package com.example.comingfrom;

/** The value that each client publishes. */
public record Order(String id, String customer, double total) {}
