// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli;

import io.kurier.spi.PartitionerPlugin;
import io.kurier.spi.PartitionerSettings;
import io.kurier.spi.RecordPartitioner;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.connect.connector.Task;
import org.apache.kafka.connect.source.SourceConnector;

/** Plugins for the tests of commands that list plugins; none of them is ever used. */
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

    /** A connector that answers the name of the thread's loader. */
    public static final class Shop extends SourceConnector {
        private static String loader() {
            return String.valueOf(Thread.currentThread().getContextClassLoader().getName());
        }

        @Override
        public ConfigDef config() {
            return new ConfigDef().define("shop", Type.STRING, loader(), Importance.HIGH, "a shop");
        }

        @Override
        public String version() {
            return loader();
        }

        @Override
        public void start(Map<String, String> props) {
            throw new IllegalStateException("not asked for");
        }

        @Override
        public Class<? extends Task> taskClass() {
            throw new IllegalStateException("not asked for");
        }

        @Override
        public List<Map<String, String>> taskConfigs(int maxTasks) {
            throw new IllegalStateException("not asked for");
        }

        @Override
        public void stop() {
            throw new IllegalStateException("not asked for");
        }
    }
}
