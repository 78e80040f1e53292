// SPDX-License-Identifier: Apache-2.0
package io.kurier.benchmarks.defaults;

import java.math.BigDecimal;
import java.util.List;

/** An order of a shop, of types that every mapper writes in the same way. Public, as mappers require it. */
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

    /** The delivery address. */
    public record Address(String name, String street, String city, String postalCode, String country) {}

    /** One of the ordered items. */
    public record Line(String sku, String product, int quantity, BigDecimal price) {}
}
