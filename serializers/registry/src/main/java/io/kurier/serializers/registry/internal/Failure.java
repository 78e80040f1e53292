// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.registry.internal;

import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Words the failures of one request: what was asked of whom, what came, whose fault it is, what to do.
 *
 * @param what what was asked, as the end of "cannot"
 * @param server the address, without user information
 * @param prefix stands before the keys of the client
 * @param urlKey the key that has the address
 */
record Failure(String what, String server, String prefix, String urlKey) {
    private static final int MOST_CHARACTERS = 2_000;

    /** Words the failures of a request to the registry. */
    Failure(String what, String server, String prefix) {
        this(what, server, prefix, ClientKeys.URL);
    }

    private String key() {
        return prefix + urlKey;
    }

    /** The registry has refused the request. */
    RegistryException refused(int status, int code, @Nullable String message) {
        String said = server + " answered " + status
                + (code == 0 || code == status ? "" : " (error " + code + ")")
                + (message == null || message.isBlank() ? "" : ": " + shortened(message));
        return failed(
                said + (said.endsWith(".") ? " " : ". ") + advice(status), status, code, isRetriable(status), null);
    }

    /** Something else than a registry has answered. */
    RegistryException notARegistry(int status, String body) {
        String text = shortened(
                body.replaceAll("(?is)<(script|style)[^>]*>.*?</\\1>", " ").replaceAll("<[^>]*>", " "));
        String who = status >= 500 || status == 401 || status == 403 || status == 429
                ? "That is a proxy or gateway before the registry: "
                : "That is not how a schema registry answers: ";
        String what = status >= 500
                ? "ask who runs it"
                : status == 401 || status == 403
                        ? "it wants other credentials than the registry, or does not let this address through"
                        : "check the host and the path of " + key();
        return failed(
                server + " answered " + status
                        + (text.isEmpty() ? " without a text. " : ", not in JSON: " + text + ". ") + who + what,
                status,
                0,
                isRetriable(status),
                null);
    }

    RegistryException redirected(int status, String to) {
        return failed(
                server + " answered " + status + ", a redirect to " + (to.isEmpty() ? "nowhere" : to)
                        + ". It is not followed,"
                        + " since the credentials would go along. Set " + key()
                        + " to the address of the registry itself",
                status,
                0,
                false,
                null);
    }

    RegistryException unreadable(int status, String why) {
        return failed(
                server + " answered " + status + ", and the answer cannot be used: " + why
                        + ". The fault is the server's, or that of a proxy before it",
                status,
                0,
                false,
                null);
    }

    /** The server of tokens has refused. RFC 6749, section 5.2. */
    RegistryException ofTokens(int status, String body) {
        boolean ours = status == 400 || status == 401 || status == 403;
        String error = body.contains("invalid_client")
                ? " (invalid_client)"
                : body.contains("invalid_scope") ? " (invalid_scope)" : "";
        return failed(
                server + " answered " + status + error + ". "
                        + (ours
                                ? "Check " + prefix
                                        + "bearer.auth.client.id, bearer.auth.client.secret and bearer.auth.scope"
                                : status == 404
                                        ? "Check " + key() + ", which is the address of the token" + " endpoint itself"
                                        : "The fault is that server's"),
                status,
                0,
                isRetriable(status),
                null);
    }

    /**
     * There was no whole answer.
     *
     * @param limit the key that has limited the time, with its value
     */
    RegistryException noAnswer(Throwable thrown, String limit) {
        Throwable e = thrown;
        while (e instanceof CompletionException && e.getCause() != null) {
            e = e.getCause();
        }
        if (e instanceof RegistryException already) {
            return already;
        }
        if (isTooLong(e)) {
            return failed(
                    server + " answered with more than " + Http.MOST_BYTES + " bytes, which no schema has. Check "
                            + key(),
                    RegistryException.NO_ANSWER,
                    0,
                    false,
                    e);
        }
        return failed(reason(e, limit), RegistryException.NO_ANSWER, 0, !(e instanceof SSLException), e);
    }

    private static boolean isTooLong(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof Http.TooLongException) {
                return true;
            }
        }
        return false;
    }

    /** The client was closed while the call was under way, or before. */
    RegistryException closed() {
        return failed(
                "the client of " + server + " is closed, with the publisher or client that it belongs to",
                RegistryException.NO_ANSWER,
                0,
                false,
                null);
    }

    private String reason(Throwable e, String limit) {
        if (e instanceof TimeoutException) {
            return server + " did not answer within " + prefix + limit
                    + ". It is overloaded, or something in between drops" + " packets";
        }
        if (e instanceof HttpConnectTimeoutException) {
            return "no connection to " + server + " within " + prefix + ClientKeys.CONNECT_TIMEOUT
                    + ". The host is down, or a firewall drops packets";
        }
        if (isUnresolved(e)) {
            return "the host of " + server + " is not known. Check " + key() + ", and the name service of this machine";
        }
        if (e instanceof ConnectException) {
            return "nothing listens at " + server + ". Start the registry, or check the port in " + prefix
                    + ClientKeys.URL;
        }
        if (e instanceof SSLException) {
            return "TLS with " + server + " failed: " + shortened(deepest(e))
                    + ". Check that its certificate is for that"
                    + " host, and that " + prefix
                    + "schema.registry.ssl.truststore.location has its authority; for mutual TLS"
                    + " also schema.registry.ssl.keystore.location";
        }
        return "the connection to " + server + " broke before the answer was complete ("
                + (e instanceof IOException ? shortened(String.valueOf(e.getMessage())) : e.toString())
                + "). The fault is the network's, a proxy's or the server's";
    }

    private static boolean isUnresolved(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnresolvedAddressException) {
                return true;
            }
        }
        return false;
    }

    private static String deepest(Throwable e) {
        Throwable cause = e;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage());
    }

    /** Returns whether the status may be another one later. */
    static boolean isRetriable(int status) {
        return status == 408 || status == 429 || status == 500 || (status >= 502 && status <= 504);
    }

    private String advice(int status) {
        return switch (status) {
            case 401 ->
                "It does not accept the credentials, or has got none. Check " + prefix + "basic.auth.user.info, "
                        + prefix + "bearer.auth.token or the keys of OAuth";
            case 403 -> "It knows the credentials, and they do not have that right. Have it granted, or use others";
            case 404 -> "It does not have that";
            case 409 -> "The schema breaks the compatibility level of its subject. Change the schema, or the level";
            case 422 -> "It has refused the content of the request, which stays wrong however often it is sent";
            case 429 -> "It limits the number of requests. Wait, or have the limit raised";
            default ->
                status >= 500 || status == 408
                        ? "The fault is the registry's. Ask who runs it"
                        : "It does not understand the request. Check " + key();
        };
    }

    private RegistryException failed(String why, int status, int code, boolean retriable, @Nullable Throwable cause) {
        return new RegistryException("cannot " + what + ": " + why, status, code, retriable, cause);
    }

    private static String shortened(String text) {
        String line = text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
        return line.length() <= MOST_CHARACTERS ? line : line.substring(0, MOST_CHARACTERS) + "...";
    }
}
