// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.registry.internal;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/**
 * The addresses of a registry, of which one is used until it fails. They have no user information, so that they can be
 * shown. Safe for use by any number of threads.
 */
final class Addresses {
    private final List<String> bases;
    private final @Nullable String userInfo;
    private final AtomicInteger current = new AtomicInteger();

    private Addresses(List<String> bases, @Nullable String userInfo) {
        this.bases = bases;
        this.userInfo = userInfo;
    }

    /**
     * Reads the addresses.
     *
     * @param key the key that has them, for errors
     * @throws ConfigException if there is none, or one is no address of HTTP
     */
    static Addresses of(List<String> urls, String key) {
        List<String> bases = new ArrayList<>();
        String userInfo = null;
        for (String url : urls) {
            String text = url.strip();
            if (!text.isEmpty()) {
                URI uri = uri(text, key);
                userInfo = userInfo == null ? uri.getRawUserInfo() : userInfo;
                bases.add(withoutUserInfo(uri));
            }
        }
        if (bases.isEmpty()) {
            throw new ConfigException(key
                    + " is not set, and the schema source registry needs it: the addresses of the schema registry, such"
                    + " as https://registry:8081");
        }
        return new Addresses(List.copyOf(bases), userInfo);
    }

    /** Reads an address, which an error does not quote, since it may have a password; the reason depends on the JDK. */
    static URI uri(String text, String key) {
        URI uri;
        try {
            uri = new URI(text);
        } catch (URISyntaxException e) {
            throw new ConfigException(
                    key + " has an address that cannot be read. Write it as https://registry:8081, without blanks");
        }
        boolean isHttp = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
        if (!isHttp || uri.getHost() == null || uri.getRawQuery() != null || uri.getRawFragment() != null) {
            throw new ConfigException(
                    key + " has an address that is not one of HTTP with a host and at most a path. Write"
                            + " it as https://registry:8081");
        }
        return uri;
    }

    static String withoutUserInfo(URI uri) {
        String path = uri.getRawPath() == null ? "" : uri.getRawPath().replaceAll("/+$", "");
        return uri.getScheme() + "://" + uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort()) + path;
    }

    /** Returns the first address's user information, as it is written; null if there is none. */
    @Nullable
    String userInfo() {
        return userInfo;
    }

    int size() {
        return bases.size();
    }

    /** Returns the address that is in use. */
    String current() {
        return bases.get(Math.floorMod(current.get(), bases.size()));
    }

    /** Goes on to the next address, if the one that has failed is still in use. */
    void leave(String failed) {
        int index = current.get();
        if (bases.get(Math.floorMod(index, bases.size())).equals(failed)) {
            current.compareAndSet(index, index + 1);
        }
    }

    @Override
    public String toString() {
        return String.join(", ", bases);
    }
}
