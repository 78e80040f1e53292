// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.config;

import io.kurier.core.transport.TopicManagement;
import java.util.List;
import org.apache.kafka.common.config.ConfigDef.Type;

/**
 * Kurier's own keys of a publisher. Reading, {@code kurier check}, {@code kurier keys} and the table in {@code
 * docs/configuration.md} are based on them.
 *
 * <p>Families of keys are not included, since their names are open: Kafka's connection keys, {@code producer.<key>},
 * {@code serializer.<name>.<key>} and the parameters of config providers.
 */
public final class PublisherKeys {
    /** Addresses of brokers. */
    static final String BOOTSTRAP = "bootstrap.servers";

    /** Providers of values for other keys. */
    static final String PROVIDERS = "config.providers";

    /** The prefix of the keys of a provider. */
    static final String PROVIDER_PREFIX = PROVIDERS + ".";

    /** The purpose for which the producer is tuned. */
    static final String PROFILE = "profile";

    static final String START_MAX_WAIT = "start.max.wait.ms";
    static final String MAX_WAIT = "publish.max.wait.ms";
    /** The beginning of the limits of what is in flight. */
    public static final String MAX_IN_FLIGHT = "publish.max.in.flight.";

    static final String MAX_IN_FLIGHT_MESSAGES = MAX_IN_FLIGHT + "messages";
    static final String MAX_IN_FLIGHT_BYTES = MAX_IN_FLIGHT + "bytes";
    static final String CLOSE_TIMEOUT = "close.timeout.ms";
    static final String CLOSE_AT_SHUTDOWN = "close.at.shutdown";
    static final String RESOLVE_TIMEOUT = "resolve.timeout.ms";
    static final String HEALTH_GRACE = "health.grace.ms";
    static final String APPLICATION_ID = "application.id";
    static final String APPLICATION_INSTANCE_ID = "application.instance.id";
    static final String PUBLISHER_NAME = "publisher.name";
    static final String TRANSACTION_PRODUCERS = "transactions.producers";
    static final String TRANSACTION_TIMEOUT = "transactions.timeout.ms";
    static final String TRANSACTION_VERSION = "transactions.minimum.version";
    static final String MANAGEMENT = "topics.management";
    static final String REQUIRE_TLS = "security.require.tls";
    static final String ALLOW_UNVERIFIED_HOSTS = "security.allow.unverified.hosts";
    static final String RELOAD_FILES = "reload.files";
    static final String RELOAD_INTERVAL = "reload.files.interval.ms";
    static final String PLUGIN_PATH = "plugin.path";
    static final String PLUGIN_PINS = "plugin.sha256";
    static final String TOPICS = "topics";

    /** Precedes the name of a serializer and its keys for all topics, a family. */
    public static final String SERIALIZER_PREFIX = "serializer.";

    /**
     * The definitions, in the order of the documentation; {@code kurier check} shows those after {@link #PROFILE} in it
     * too.
     */
    public static final KeyDefinitions KEYS = new KeyDefinitions("")
            .describeRequired(
                    BOOTSTRAP, Type.LIST, "addresses of brokers, separated by commas, such as `127.0.0.1:9092`")
            .describe(
                    PROVIDERS,
                    Type.LIST,
                    null,
                    "providers of values for other keys, separated by commas: `env`, `file`, `dir`")
            .constant(PROFILE, Profile.BALANCED, "what the producer is tuned for: the defaults of some of its keys")
            .number(
                    START_MAX_WAIT,
                    0,
                    NumberRange.from(0),
                    "how long a start goes on where no broker answers or its name cannot be resolved, in milliseconds,"
                            + " for services that come up before their cluster; anything else that is wrong ends it at"
                            + " once; 0 is one attempt of six seconds")
            .number(MAX_WAIT, 60_000, NumberRange.from(0), "how long `publish` may wait for room, in milliseconds")
            .number(
                    MAX_IN_FLIGHT_MESSAGES,
                    null,
                    NumberRange.from(1),
                    "how many messages of all topics together may be in flight; `tryPublish` refuses one more at once, and"
                            + " `publish` waits as for room in the buffer")
            .unset(MAX_IN_FLIGHT_MESSAGES, "no limit but the buffer")
            .number(MAX_IN_FLIGHT_BYTES, null, NumberRange.from(1), "the same for the bytes of their keys and values")
            .unset(MAX_IN_FLIGHT_BYTES, "no limit but the buffer")
            .number(
                    CLOSE_TIMEOUT,
                    30_000,
                    NumberRange.from(0),
                    "how long `close()` may wait for acknowledgments, in milliseconds")
            .flag(
                    CLOSE_AT_SHUTDOWN,
                    "`true`: a shutdown of the JVM (SIGTERM, Ctrl-C, `System.exit`) closes the publisher and logs its"
                            + " report")
            .number(
                    RESOLVE_TIMEOUT,
                    30_000,
                    NumberRange.from(0),
                    "how long one search for a message may take, in milliseconds")
            .number(
                    HEALTH_GRACE,
                    5_000,
                    NumberRange.from(0),
                    "how long the buffer may be full, no broker connected, or no open message get its outcome, before"
                            + " `health()` says that the publisher is not ready, in milliseconds")
            .text(
                    APPLICATION_ID,
                    null,
                    "the application's name, the same in all of its processes; turns transactions on, whose ids begin"
                            + " with it")
            .unset(APPLICATION_ID, "none, so no transactions")
            .text(
                    PUBLISHER_NAME,
                    "publisher",
                    "follows the application's name in the ids of transactions; differs between publishers of one process")
            .text(
                    APPLICATION_INSTANCE_ID,
                    null,
                    "tells processes of one application apart that run at the same time; the same after a restart")
            .unset(APPLICATION_INSTANCE_ID, "none")
            .number(
                    TRANSACTION_PRODUCERS,
                    4,
                    new NumberRange(1, 100),
                    "how many transactions run at one moment, besides those under ids of your own")
            .number(
                    TRANSACTION_TIMEOUT,
                    60_000,
                    NumberRange.from(1),
                    "after what time the cluster aborts a transaction, and for how long a commit is tried, in"
                            + " milliseconds")
            .number( // before 2, a late end of one transaction can hit the next one (KIP-890)
                    TRANSACTION_VERSION,
                    2,
                    new NumberRange(0, Short.MAX_VALUE),
                    "the least `transaction.version` of the cluster with which a publisher starts")
            .constant(
                    MANAGEMENT,
                    TopicManagement.VERIFY,
                    "`verify`: a missing or different topic stops the start; `create`: missing ones are created,"
                            + " different ones stop the start; `later`: the start asks nothing, and nothing is published"
                            + " until the topics are as declared; `off`: nothing is asked")
            .flag(
                    REQUIRE_TLS,
                    "`true`: a start without TLS is an error, also where the brokers are on this machine; without it, one"
                            + " that leaves this machine logs a warning")
            .flag(
                    ALLOW_UNVERIFIED_HOSTS,
                    "`true`: allows an empty `ssl.endpoint.identification.algorithm`, and classes and algorithms of TLS"
                            + " that are not the JDK's, with a warning")
            .flag(
                    RELOAD_FILES,
                    "`true`: the files that hold the connection's keys, key stores, certificates and tokens are watched, and"
                            + " a change of them rotates the credentials as `rotate()` does")
            .number(
                    RELOAD_INTERVAL,
                    5_000,
                    NumberRange.from(1),
                    "how often `reload.files` reads those files, in milliseconds")
            .describe(
                    PLUGIN_PATH,
                    Type.LIST,
                    null,
                    "folders with plugins, separated by commas, seen from the working directory: each folder in one of"
                            + " them, and each jar, is a plugin; plugins on the class path are found without it")
            .unset(PLUGIN_PATH, "none")
            .describe(
                    PLUGIN_PINS,
                    Type.STRING,
                    null,
                    "a file as `sha256sum` writes it, with the digest of each jar below the folders of `plugin.path`; a jar"
                            + " that is not in it, or differs, is refused")
            .unset(PLUGIN_PINS, "none")
            .describe(
                    TOPICS,
                    Type.LIST,
                    null,
                    "aliases of topics, separated by commas; topics that a Guice module or `Kurier.start` names need not"
                            + " be listed");

    /** Keys that have no effect without {@link #APPLICATION_ID}. */
    static final List<String> OF_TRANSACTIONS =
            List.of(APPLICATION_INSTANCE_ID, TRANSACTION_PRODUCERS, TRANSACTION_TIMEOUT, TRANSACTION_VERSION);

    private PublisherKeys() {}
}
