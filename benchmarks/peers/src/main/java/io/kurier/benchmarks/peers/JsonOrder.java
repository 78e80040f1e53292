// SPDX-License-Identifier: Apache-2.0
package io.kurier.benchmarks.peers;

import io.kurier.benchmarks.formats.protobuf.ProtobufOrder;
import java.util.List;

/** A value of {@code order.schema.json}. */
public record JsonOrder(
        String id,
        String customer,
        long placedAt,
        String status,
        String currency,
        long cents,
        String note,
        List<Line> lines) {

    /** What was ordered. */
    public record Line(String sku, int quantity, long cents) {}

    /** Returns an order with the content of a message. */
    static JsonOrder of(ProtobufOrder order) {
        return new JsonOrder(
                order.getId(),
                order.getCustomer(),
                order.getPlacedAt(),
                order.getStatus().name(),
                order.getCurrency(),
                order.getCents(),
                order.getNote(),
                order.getLinesList().stream()
                        .map(line -> new Line(line.getSku(), line.getQuantity(), line.getCents()))
                        .toList());
    }
}
