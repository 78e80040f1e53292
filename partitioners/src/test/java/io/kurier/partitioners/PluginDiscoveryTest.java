// SPDX-License-Identifier: Apache-2.0
package io.kurier.partitioners;

import static org.assertj.core.api.Assertions.assertThat;

import io.kurier.spi.PartitionerPlugin;
import io.kurier.spi.Plugin;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class PluginDiscoveryTest {

    @Test
    void theServiceLoaderFindsAllByTheNamesThatUsersWrite() {
        assertThat(ServiceLoader.load(PartitionerPlugin.class))
                .extracting(Plugin::name)
                .containsExactlyInAnyOrder(
                        "crc32",
                        "field",
                        "fixed",
                        "fnv1a",
                        "header",
                        "kafkajs-legacy",
                        "least-loaded",
                        "murmur2",
                        "rendezvous",
                        "round-robin",
                        "spread");
    }
}
