// SPDX-License-Identifier: Apache-2.0
package com.example.region;

import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;
import static org.apache.kafka.common.config.ConfigDef.Range.atLeast;
import static org.apache.kafka.common.config.ConfigDef.Type.INT;

import io.kurier.spi.Guard;
import io.kurier.spi.GuardPlugin;
import io.kurier.spi.GuardSettings;
import org.apache.kafka.common.config.ConfigDef;

// region guard
/** Refuses values that are too short to be any; a tombstone passes. */
public final class LeastBytesPlugin implements GuardPlugin {

    @Override
    public String name() {
        return "least-bytes";
    }

    @Override
    public ConfigDef configDef() {
        return new ConfigDef().define("bytes", INT, 1, atLeast(1), MEDIUM, "The smallest value, in bytes.");
    }

    @Override
    public Guard guard(GuardSettings settings) {
        int least = settings.config().getInt("bytes");
        return record -> {
            if (record.value() != null && record.valueSize() < least) {
                throw new IllegalArgumentException(
                        "the value has " + record.valueSize() + " bytes, and " + least + " is the least");
            }
            return record;
        };
    }
}
// endregion
