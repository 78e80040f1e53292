// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.contact;

import io.kurier.core.internal.config.PublisherConfig;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A host and a port of {@code bootstrap.servers}. */
record Address(String host, int port) {

    /** Returns the addresses of a configuration whose {@code bootstrap.servers} is valid. */
    static List<Address> of(PublisherConfig config) {
        List<Address> addresses = new ArrayList<>();
        for (String part : config.bootstrap().value().split(",", -1)) {
            String text = part.strip().replaceFirst("^\\w+://", "");
            int colon = text.lastIndexOf(':');
            if (colon > 0) {
                addresses.add(new Address(
                        text.substring(0, colon).replaceAll("[\\[\\]]", ""),
                        Integer.parseInt(text.substring(colon + 1))));
            }
        }
        return addresses;
    }

    /** Returns the first IP address of the host, or empty if the name cannot be resolved. */
    Optional<InetAddress> resolved() {
        try {
            return Optional.of(InetAddress.getByName(host));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    /** Returns the address as in {@code bootstrap.servers}. */
    @Override
    public String toString() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
