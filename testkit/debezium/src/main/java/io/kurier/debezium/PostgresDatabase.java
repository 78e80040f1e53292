// SPDX-License-Identifier: Apache-2.0
package io.kurier.debezium;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A database of a {@link PostgresServer}. Safe for use by any number of threads. */
public final class PostgresDatabase {
    private final String name;
    private final int port;
    private final String password;

    PostgresDatabase(String name, int port, String password) {
        this.name = name;
        this.port = port;
        this.password = password;
    }

    /** Returns its name, which no other database of the server has. */
    public String name() {
        return name;
    }

    /** Returns where it is, as properties of Debezium's connectors: {@code database.hostname} and so on. */
    public Map<String, String> connectorProperties() {
        return Map.of(
                "database.hostname",
                PostgresServer.HOST,
                "database.port",
                Integer.toString(port),
                "database.user",
                PostgresServer.USER,
                "database.password",
                password,
                "database.dbname",
                name);
    }

    /** Returns a new connection that commits each statement, to be closed by the caller. */
    public Connection connect() throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://" + PostgresServer.HOST + ":" + port + "/" + name, PostgresServer.USER, password);
    }

    /** Executes statements, each in a transaction of its own. */
    public void execute(String... statements) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            for (String each : statements) {
                statement.execute(each);
            }
        }
    }

    /** Returns the rows of a query, each with the values of its columns as the driver returns them. */
    public List<List<@Nullable Object>> query(String query) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            List<List<@Nullable Object>> all = new ArrayList<>();
            int columns = rows.getMetaData().getColumnCount();
            while (rows.next()) {
                List<@Nullable Object> row = new ArrayList<>();
                for (int column = 1; column <= columns; column++) {
                    row.add(rows.getObject(column));
                }
                all.add(row);
            }
            return all;
        }
    }
}
