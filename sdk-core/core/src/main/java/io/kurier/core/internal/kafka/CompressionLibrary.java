// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.kafka;

import io.kurier.core.internal.config.PublisherConfig;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads the native library of a producer's compression, which otherwise the thread that publishes the first record
 * does. A library that cannot be loaded is left to that thread, for which Kafka reports it or uses another one.
 */
final class CompressionLibrary {
    private static final Logger LOG = LoggerFactory.getLogger(CompressionLibrary.class);

    /** The classes that load a library when they are initialized, by the values of {@code compression.type}. */
    private static final Map<String, String> LOADERS = Map.of(
            "lz4",
            "net.jpountz.lz4.LZ4JNI",
            "snappy",
            "org.xerial.snappy.Snappy",
            "zstd",
            "com.github.luben.zstd.Zstd");

    private CompressionLibrary() {}

    static void load(PublisherConfig config) {
        String loader = LOADERS.get(String.valueOf(config.producerKeys().get(ProducerConfig.COMPRESSION_TYPE_CONFIG)));
        if (loader == null) {
            return;
        }
        try {
            Class<?> unused = Class.forName(loader, true, KafkaProducer.class.getClassLoader());
        } catch (ClassNotFoundException | LinkageError e) {
            LOG.debug("a library is not loaded before the first record", e);
        }
    }
}
