// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.files;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.connector.Task;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.source.ExactlyOnceSupport;
import org.apache.kafka.connect.source.SourceConnector;
import org.jspecify.annotations.Nullable;

/**
 * The common part of the connectors of all file formats; a format's connector only names the format and the task class.
 * Runs on a Connect worker and in Kurier's host. Used by one thread.
 */
public abstract class FileSourceConnector extends SourceConnector {

    private final Class<? extends FileSourceTask> task;
    private final FileFormat format;
    private Map<String, String> properties = Map.of();
    private boolean singleFile;

    /**
     * Creates a connector of a format.
     *
     * @param task the format's task, a public class with a public constructor without parameters
     * @param format the format
     */
    protected FileSourceConnector(Class<? extends FileSourceTask> task, FileFormat format) {
        this.task = task;
        this.format = format;
    }

    /** Returns the version in the manifest of the format's jar. */
    @Override
    public final String version() {
        return FileSourceTask.versionOf(getClass());
    }

    @Override
    public final ConfigDef config() {
        return FileSourceKeys.keys(format);
    }

    @Override
    public final Class<? extends Task> taskClass() {
        return task;
    }

    /**
     * Checks the configuration.
     *
     * @throws org.apache.kafka.common.config.ConfigException if a value is missing or wrong
     */
    @Override
    public final void start(Map<String, String> props) {
        FileSourceConfig config = FileSourceKeys.ofConnector(format, props);
        FinishedRule unused = config.finished(); // refuses keys that contradict each other
        singleFile = !Files.isDirectory(config.path());
        properties = Map.copyOf(props);
    }

    /**
     * Returns one task for a single file, and {@code maxTasks} tasks for a folder, since files may be added to it at
     * any time.
     */
    @Override
    public final List<Map<String, String>> taskConfigs(int maxTasks) {
        int count = singleFile ? 1 : maxTasks;
        List<Map<String, String>> configs = new ArrayList<>(count);
        for (int index = 0; index < count; index++) {
            Map<String, String> config = new HashMap<>(properties);
            config.put(FileSourceConfig.TASK_INDEX, String.valueOf(index));
            config.put(FileSourceConfig.TASK_COUNT, String.valueOf(count));
            configs.add(config);
        }
        return configs;
    }

    @Override
    public final void stop() {}

    /**
     * Returns that exactly-once delivery is supported: every record carries the position behind it, and reading from
     * there repeats and skips nothing.
     */
    @Override
    public final ExactlyOnceSupport exactlyOnceSupport(Map<String, String> connectorConfig) {
        return ExactlyOnceSupport.SUPPORTED;
    }

    /**
     * Accepts offsets from which a task can continue (KIP-875), so that a file can be read again from its start (null)
     * or from another position.
     *
     * @throws ConnectException if a partition or an offset is not one of a file connector
     */
    @Override
    public final boolean alterOffsets(
            Map<String, String> connectorConfig, Map<Map<String, ?>, @Nullable Map<String, ?>> offsets) {
        offsets.forEach((partition, offset) -> {
            if (partition.size() != 1 || !(partition.get(TrackedFile.PARTITION) instanceof String file)) {
                throw new ConnectException("The source partition " + partition
                        + " is none of a file connector. Write {\"file\": \"<absolute path>\"}.");
            }
            if (offset != null) {
                try {
                    Position.ofSourceOffset(offset);
                    FileIdentity.ofSourceOffset(offset);
                } catch (DataException e) {
                    throw new ConnectException("The source offset for the file " + file + " is refused.", e);
                }
            }
        });
        return true;
    }
}
