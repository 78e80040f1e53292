// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli;

import io.kurier.spi.PartitionerPlugin;
import io.kurier.spi.PartitionerSettings;
import io.kurier.spi.RecordPartitioner;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.types.Password;

/** Plugins for {@link KeysCommandTest}, which are never asked for a partitioner. */
final class PluginsWithKeys {
    private PluginsWithKeys() {}

    /** Has a default that is a secret, and a documentation that would forge a line. */
    public static final class Secretive implements PartitionerPlugin {
        @Override
        public String name() {
            return "secretive";
        }

        @Override
        public ConfigDef configDef() {
            return new ConfigDef()
                    .define("pin", Type.PASSWORD, new Password("CANARY"), Importance.HIGH, "a\npin \u001b[2J")
                    .define("api.token", Type.STRING, "CANARY", Importance.HIGH, "a token")
                    .define("level", Type.INT, Importance.HIGH, "a level");
        }

        @Override
        public RecordPartitioner partitioner(PartitionerSettings settings) {
            throw new IllegalStateException("not asked for");
        }
    }

    /** Does not name its keys. */
    public static final class Silent implements PartitionerPlugin {
        @Override
        public String name() {
            return "silent";
        }

        @Override
        public ConfigDef configDef() {
            throw new IllegalStateException("no keys today");
        }

        @Override
        public RecordPartitioner partitioner(PartitionerSettings settings) {
            throw new IllegalStateException("not asked for");
        }
    }
}
