// SPDX-License-Identifier: Apache-2.0
package io.kurier.debezium;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kurier.StartException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the host makes of mistakes in Debezium's properties, before anything is published. */
@WithPostgres
@Timeout(120)
class DebeziumPropertiesTest {
    @Test
    void namesAKeyThatNoPartDeclaresAndSuggestsAnother(PostgresDatabase database) {
        Map<String, String> properties = Debezium.properties(database, "shop", "orders");
        properties.put("table.includes.list", "public.orders");

        assertThatThrownBy(() -> Debezium.check(properties))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("table.includes.list")
                .hasMessageContaining("table.include.list");
    }

    @Test
    void takesKeysOfTheDriverThatAreListedAsUndeclared(PostgresDatabase database) {
        Map<String, String> properties = Debezium.properties(database, "shop", "orders");
        properties.put("driver.socketTimeout", "30");
        assertThatThrownBy(() -> Debezium.check(properties)).hasMessageContaining("driver.socketTimeout");

        properties.put("undeclared.keys", "driver.*");

        assertThat(Debezium.check(properties)).contains("driver.socketTimeout");
    }

    @Test
    void hidesThePasswordWhereItIsWrong(PostgresDatabase database) {
        Map<String, String> properties = Debezium.properties(database, "shop", "orders");
        properties.put("database.password", "wrong-secret");

        assertThatThrownBy(() -> Debezium.check(properties))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("database.")
                .message()
                .doesNotContain("wrong-secret");
    }
}
