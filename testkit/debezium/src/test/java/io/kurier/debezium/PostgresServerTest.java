// SPDX-License-Identifier: Apache-2.0
package io.kurier.debezium;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;

@WithPostgres
class PostgresServerTest {
    @Test
    void keepsWhatATestWritesAndDecodesItsLogForConnectors(PostgresDatabase database) throws Exception {
        database.execute("create table orders (id int primary key, name text)", "insert into orders values (1, null)");

        assertThat(database.query("select * from orders"))
                .singleElement()
                .satisfies(row -> assertThat(row).containsExactly(1, null));
        assertThat(database.query("show wal_level")).containsExactly(List.of("logical"));
    }

    @Test
    void givesEachTestADatabaseOfItsOwn(PostgresDatabase one, PostgresDatabase another) throws Exception {
        one.execute("create table orders (id int primary key)");

        assertThat(one.name()).isNotEqualTo(another.name());
        assertThatThrownBy(() -> another.query("select * from orders")).isInstanceOf(SQLException.class);
    }

    @Test
    void endsWithItsClientsConnected() throws Exception {
        PostgresServer server = PostgresServer.start();
        PostgresDatabase database = server.createDatabase();
        try (var connection = database.connect()) {
            assertThat(connection.isValid(5)).isTrue();

            server.close();

            assertThat(connection.isValid(5)).isFalse();
        }
        assertThatThrownBy(database::connect).isInstanceOf(SQLException.class);
    }
}
