// SPDX-License-Identifier: Apache-2.0
package io.kurier.debezium;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * A thread that changes a table all the time, in transactions of several rows, and knows each version that a row has
 * had. A version is used once in a row's life, also after the row was deleted and inserted again.
 */
final class Changes extends Thread implements AutoCloseable {
    static final String CREATE = "create table accounts (id int primary key, version int)";

    private static final int MOST_ROWS = 300;
    private static final int MOST_AT_ONCE = 20;

    private final PostgresDatabase database;
    private final Random random;
    private final Map<Integer, List<String>> history = new TreeMap<>();
    private final Map<Integer, Integer> versions = new TreeMap<>();
    private final Map<Integer, Boolean> present = new TreeMap<>();

    private volatile boolean over;
    private volatile String failure = "";

    /** Creates the thread for the table, which has the given number of rows, of version 0 each. */
    Changes(PostgresDatabase database, int rows, Random random) {
        super("changes");
        this.database = database;
        this.random = random;
        for (int id = 0; id < rows; id++) {
            versions.put(id, 0);
            present.put(id, true);
        }
    }

    @Override
    public void run() {
        try (Connection connection = database.connect()) {
            connection.setAutoCommit(false);
            while (!over) {
                int rows = 1 + random.nextInt(MOST_AT_ONCE);
                for (int row = 0; row < rows; row++) {
                    change(connection, random.nextInt(MOST_ROWS));
                }
                connection.commit();
                Thread.sleep(random.nextInt(20)); // other processes need the machine too
            }
        } catch (SQLException | InterruptedException e) {
            failure = e.toString();
        }
    }

    private void change(Connection connection, int id) throws SQLException {
        boolean exists = present.getOrDefault(id, false);
        boolean deletes = exists && random.nextInt(4) == 0;
        int version = versions.getOrDefault(id, -1);
        if (!deletes) {
            versions.put(id, ++version);
        }
        String sql = "insert into accounts (version, id) values (?, ?)";
        if (exists) {
            sql = deletes
                    ? "delete from accounts where version = ? and id = ?"
                    : "update accounts set version = ? where id = ?";
        }
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setInt(1, version);
            statement.setInt(2, id);
            if (statement.executeUpdate() != 1) {
                throw new SQLException("not one row: " + sql);
            }
        }
        present.put(id, !deletes);
        history.computeIfAbsent(id, none -> new ArrayList<>()).add((deletes ? "deleted " : "") + version);
    }

    /** Ends the thread. */
    @Override
    public void close() throws InterruptedException {
        over = true;
        join();
    }

    /** Returns each row's changes by its id, without the rows at the beginning; to be called after {@link #close}. */
    Map<Integer, List<String>> history() {
        if (!failure.isEmpty()) {
            throw new IllegalStateException("the table could not be changed: " + failure);
        }
        return history;
    }
}
