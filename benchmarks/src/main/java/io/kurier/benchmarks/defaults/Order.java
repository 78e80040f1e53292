// SPDX-License-Identifier: Apache-2.0
package io.kurier.benchmarks.defaults;

import java.math.BigDecimal;
import java.util.List;

/** What a shop publishes; of types that every mapper writes the same way. Public, as mappers want it. */
public record Order(
        String id,
        String customer,
        long placedAt,
        String status,
        String currency,
        BigDecimal total,
        Address shipTo,
        List<Line> lines,
        String note) {

    /** Where it goes. */
    public record Address(String name, String street, String city, String postalCode, String country) {}

    /** One of the things that are bought. */
    public record Line(String sku, String product, int quantity, BigDecimal price) {}
}
