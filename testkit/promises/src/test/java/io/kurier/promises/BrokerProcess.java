// SPDX-License-Identifier: Apache-2.0
package io.kurier.promises;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A broker in a process of its own, that can be killed and started again at the same port. */
final class BrokerProcess implements AutoCloseable {
    private final Path directory;
    private final Map<String, String> properties;
    private Child child;
    private int port;

    private BrokerProcess(Path directory, Map<String, String> properties) {
        this.directory = directory;
        this.properties = properties;
        this.child = launch();
        this.port = ready();
    }

    static BrokerProcess start(Path directory, Map<String, String> properties) {
        return new BrokerProcess(directory, properties);
    }

    private Child launch() {
        List<String> arguments = new ArrayList<>(List.of(Integer.toString(port), directory.toString()));
        properties.forEach((key, value) -> arguments.add(key + "=" + value));
        return Child.start(BrokerChild.class, arguments);
    }

    private int ready() {
        child.await(BrokerChild.PORT, 1);
        return (int) child.last(BrokerChild.PORT);
    }

    String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    void kill() throws InterruptedException {
        child.kill();
    }

    void restart() {
        child = launch();
        port = ready();
    }

    @Override
    public void close() {
        child.close();
    }
}
