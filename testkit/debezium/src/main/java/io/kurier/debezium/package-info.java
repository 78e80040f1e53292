// SPDX-License-Identifier: Apache-2.0
/**
 * A real PostgreSQL for tests, and in the tests of this module Debezium's connector that reads it.
 *
 * <pre>{@code
 * @WithPostgres
 * class OrdersTest {
 *
 *     @Test
 *     void countsOrders(PostgresDatabase database) throws Exception {
 *         database.execute("create table orders (id int primary key)", "insert into orders values (1)");
 *         assertThat(database.query("select count(*) from orders")).containsExactly(List.of(1L));
 *     }
 * }
 * }</pre>
 *
 * <p>Where PostgreSQL's programs are not installed, the tests are skipped, and the reason is printed.
 */
@NullMarked
package io.kurier.debezium;

import org.jspecify.annotations.NullMarked;
