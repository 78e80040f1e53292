// SPDX-License-Identifier: Apache-2.0
package io.kurier.partitioners;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kurier.partitioners.internal.KeyDigest;
import io.kurier.spi.EncodedRecord;
import io.kurier.spi.Metered;
import io.kurier.spi.PluginMetrics;
import io.kurier.spi.RecordPartitioner;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends equal keys to one partition, and the records of a hot key to several in turn: the one of its hash and those that
 * follow it. Safe for use by any number of threads.
 */
final class Spread implements RecordPartitioner, Metered, PublisherOnly {
    private static final Logger LOG = LoggerFactory.getLogger(Spread.class);
    private static final double PERCENT = 100;

    private final String alias;
    private final KeyHash hash;
    private final int width;
    private final HotKeys keys;
    private volatile @Nullable PluginMetrics metrics;

    /**
     * Creates a partitioner.
     *
     * @param alias the topic, for the warning
     * @param hash the hash of a key
     * @param width to how many partitions a hot key goes, if the topic has as many
     * @param keys finds the hot keys
     */
    Spread(String alias, KeyHash hash, int width, HotKeys keys) {
        this.alias = alias;
        this.hash = hash;
        this.width = width;
        this.keys = keys;
    }

    @Override
    public int partition(EncodedRecord record, int partitions) {
        byte[] key = record.key();
        if (key == null) {
            return KAFKA_CHOOSES;
        }
        int first = hash.partition(key, partitions);
        HotKey hot = keys.seen(KeyDigest.hash(key));
        if (hot == null) {
            return first;
        }
        int among = Math.min(width, partitions);
        if (hot.isToBeNamed()) {
            announce(hot, KeyDigest.of(key), among);
        }
        if (record.headers().lastHeader(SpreadPlugin.HEADER) == null) {
            record.headers().add(SpreadPlugin.HEADER, Integer.toString(among).getBytes(UTF_8));
        }
        return (first + hot.next(among)) % partitions;
    }

    private void announce(HotKey hot, String digest, int among) {
        LOG.warn(
                "topic {}: the key with the hash {} has {} % of the records with a key. From now on they go to {} partitions"
                        + " in turn, with the header {}, and their order ends there.",
                alias, digest, String.format(Locale.ROOT, "%.1f", hot.share() * PERCENT), among, SpreadPlugin.HEADER);
        PluginMetrics registry = metrics;
        if (registry != null) {
            hot.expose(digest, registry);
        }
    }

    @Override
    public void withPluginMetrics(PluginMetrics registry) {
        metrics = registry;
    }

    @Override
    public String need() {
        return "the headers of records";
    }
}
