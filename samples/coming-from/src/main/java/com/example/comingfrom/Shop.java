// SPDX-License-Identifier: Apache-2.0
package com.example.comingfrom;

import java.util.List;

/** What an application does with its client, whichever that is. */
public interface Shop extends AutoCloseable {

    /** Publishes an order, and logs what becomes of it. */
    void place(Order order);

    /** Publishes orders, all or none. */
    void placeAll(List<Order> orders);

    /** Waits for what was published. */
    @Override
    void close();
}
