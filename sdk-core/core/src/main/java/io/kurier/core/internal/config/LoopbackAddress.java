// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/**
 * Decides whether an address stays on this machine, without a look-up of its name: what a name server says today may be
 * different tomorrow. Only {@code localhost}, {@code 127.0.0.0/8} and {@code ::1} do; any other name or number may lead off it.
 */
final class LoopbackAddress {
    private static final Pattern LOCALHOST = Pattern.compile("localhost\\.?", Pattern.CASE_INSENSITIVE);

    /** All four numbers: shorter forms, and numbers that are not decimal, are read differently by different programs. */
    private static final Pattern LOOPBACK_NUMBER =
            Pattern.compile("127(?:\\.(?:0|[1-9]\\d?|1\\d\\d|2[0-4]\\d|25[0-5])){3}");

    private static final Pattern IP_6 = Pattern.compile("\\[([0-9a-fA-F:.]*:[0-9a-fA-F:.]*)]");
    private static final Pattern SCHEME = Pattern.compile("^[A-Za-z][A-Za-z0-9_]*://");

    private LoopbackAddress() {}

    /** Returns whether a broker's address, such as {@code 127.0.0.1:9092} or {@code [::1]:9092}, stays on this machine. */
    static boolean isOfBroker(String address) {
        String rest = SCHEME.matcher(address.strip()).replaceFirst("");
        int port = rest.lastIndexOf(':');
        return isHost(port < 0 ? rest : rest.substring(0, port));
    }

    /** Returns whether a host name or number stays on this machine; numbers of IP 6 are in brackets. */
    static boolean isHost(String host) {
        if (LOCALHOST.matcher(host).matches() || LOOPBACK_NUMBER.matcher(host).matches()) {
            return true;
        }
        var number = IP_6.matcher(host);
        try {
            // a text with a colon is never looked up
            return number.matches() && InetAddress.getByName(number.group(1)).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false; // not a number
        }
    }
}
