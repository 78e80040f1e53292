// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * The value of {@code --bootstrap}, checked before Kafka's clients use it: their messages mention keys that the user
 * has not written, and they wait for seconds if a port is closed.
 *
 * @param host a name, or an address without brackets
 * @param port from 1 to 65535
 */
record BrokerAddress(String host, int port) {
    private static final Pattern HOST_AND_PORT =
            Pattern.compile("(?:\\[([0-9a-fA-F:.%]+)]|([^\\s:/,\\[\\]]+)):(\\d{1,5})");
    private static final int HIGHEST_PORT = 65_535;
    private static final Duration MOST_CONNECTING = Duration.ofSeconds(2);

    /** Converts the user's input to an address. */
    static final class Converter implements ITypeConverter<BrokerAddress> {
        @Override
        public BrokerAddress convert(String text) {
            Matcher parts = HOST_AND_PORT.matcher(text);
            int port = parts.matches() ? Integer.parseInt(parts.group(3)) : 0;
            if (port < 1 || port > HIGHEST_PORT) {
                throw new TypeConversionException(
                        "'" + text + "' is not a host and a port from 1 to 65535, such as 127.0.0.1:9092");
            }
            return new BrokerAddress(parts.group(1) == null ? parts.group(2) : parts.group(1), port);
        }
    }

    /**
     * Opens a connection and closes it.
     *
     * @throws CommandFailure if no process listens there
     */
    void probe() {
        InetSocketAddress address = new InetSocketAddress(host, port);
        if (address.isUnresolved()) {
            throw failure("there is no host of that name; check the address", null);
        }
        try (Socket socket = new Socket()) {
            socket.connect(address, (int) MOST_CONNECTING.toMillis());
        } catch (IOException e) {
            throw failure(
                    "no broker listens there (" + e.getMessage()
                            + "); check the address and that the broker is running",
                    e);
        }
    }

    /** Returns a failure that begins with the user's input. */
    CommandFailure failure(List<String> problems, Throwable cause) {
        return failure(String.join("; ", problems), cause);
    }

    private CommandFailure failure(String problem, @org.jspecify.annotations.Nullable Throwable cause) {
        return new CommandFailure(ExitCode.USAGE, "--bootstrap " + this + ": " + problem, cause);
    }

    @Override
    public String toString() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
