// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.plugins;

import io.kurier.spi.EncodedRecord;
import io.kurier.spi.LoadAwarePartitioner;
import io.kurier.spi.Metered;
import io.kurier.spi.PartitionLoads;
import io.kurier.spi.PluginMetrics;
import io.kurier.spi.Preparable;
import io.kurier.spi.RecordPartitioner;
import java.util.concurrent.CompletionStage;

/** Runs a partitioner of a folder with its own loader as the thread's context class loader. */
sealed class IsolatedPartitioner implements RecordPartitioner, Preparable, Metered {
    final PluginClassLoader loader;
    private final RecordPartitioner partitioner;

    private IsolatedPartitioner(RecordPartitioner partitioner, PluginClassLoader loader) {
        this.partitioner = partitioner;
        this.loader = loader;
    }

    /** Wraps a partitioner; the result looks at loads if the partitioner does. */
    static IsolatedPartitioner of(RecordPartitioner partitioner, PluginClassLoader loader) {
        return partitioner instanceof LoadAwarePartitioner aware
                ? new LoadAware(aware, loader)
                : new IsolatedPartitioner(partitioner, loader);
    }

    private static final class LoadAware extends IsolatedPartitioner implements LoadAwarePartitioner {
        private final LoadAwarePartitioner partitioner;

        LoadAware(LoadAwarePartitioner partitioner, PluginClassLoader loader) {
            super(partitioner, loader);
            this.partitioner = partitioner;
        }

        @Override
        public int partition(EncodedRecord record, int partitions) {
            return super.partition(record, partitions);
        }

        @Override
        public int partition(EncodedRecord record, PartitionLoads loads) {
            return loader.within(() -> partitioner.partition(record, loads));
        }
    }

    @Override
    public int partition(EncodedRecord record, int partitions) {
        return loader.within(() -> partitioner.partition(record, partitions));
    }

    @Override
    public CompletionStage<?> prepare() {
        return loader.prepare(partitioner);
    }

    @Override
    public void withPluginMetrics(PluginMetrics metrics) {
        if (partitioner instanceof Metered metered) {
            loader.run(() -> metered.withPluginMetrics(metrics));
        }
    }

    @Override
    public void close() {
        loader.run(() -> partitioner.close());
    }
}
