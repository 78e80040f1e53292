// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.files;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;

/** The keys that all file connectors share, and those of the format. Immutable. */
public final class FileSourceConfig extends AbstractConfig {

    /** The topic to publish to. */
    public static final String TOPIC = "topic";
    /** The file or folder to read. */
    public static final String PATH = "path";
    /** Globs of the names of the files to read in a folder. */
    public static final String INCLUDE = "include";
    /** Globs of the names of the files to exclude in a folder. */
    public static final String EXCLUDE = "exclude";
    /** How often to look for new and grown files, in milliseconds. */
    public static final String SCAN_INTERVAL_MS = "scan.interval.ms";
    /** The maximum number of records that one poll returns. */
    public static final String BATCH_RECORDS = "batch.records";
    /** The maximum size of one record in its file, in bytes. */
    public static final String MAX_RECORD_BYTES = "max.record.bytes";
    /** The name of the serializer that Kurier's host publishes the values with. */
    public static final String VALUE_SERIALIZER = "value.serializer";

    static final String TASK_INDEX = "task.index";
    static final String TASK_COUNT = "task.count";

    private final boolean hosted;

    private FileSourceConfig(ConfigDef keys, Map<String, String> properties, boolean hosted) {
        super(keys, properties, false);
        this.hosted = hosted;
    }

    static FileSourceConfig ofConnector(FileFormat format, Map<String, String> properties) {
        return new FileSourceConfig(keys(format), properties, false);
    }

    static FileSourceConfig ofTask(FileFormat format, Map<String, String> properties, boolean hosted) {
        ConfigDef keys = keys(format)
                .defineInternal(
                        TASK_INDEX, ConfigDef.Type.INT, 0, Range.atLeast(0), Importance.LOW, "Which task this is.")
                .defineInternal(
                        TASK_COUNT,
                        ConfigDef.Type.INT,
                        1,
                        Range.atLeast(1),
                        Importance.LOW,
                        "How many tasks there are.");
        return new FileSourceConfig(keys, properties, hosted);
    }

    static ConfigDef keys(FileFormat format) {
        ConfigDef keys = new ConfigDef()
                .define(
                        TOPIC,
                        ConfigDef.Type.STRING,
                        ConfigDef.NO_DEFAULT_VALUE,
                        new ConfigDef.NonEmptyString(),
                        Importance.HIGH,
                        "The topic to publish to.")
                .define(
                        PATH,
                        ConfigDef.Type.STRING,
                        ConfigDef.NO_DEFAULT_VALUE,
                        new ExistingPath(),
                        Importance.HIGH,
                        "The file to read, or the folder whose files are read, with all folders in it. Symbolic links"
                                + " are followed; a file that is reached by two names is read twice. On a Connect"
                                + " cluster every worker must see the same files under this path.")
                .define(
                        INCLUDE,
                        ConfigDef.Type.LIST,
                        format.include(),
                        new Globs.Valid(false),
                        Importance.MEDIUM,
                        "Globs, separated by commas, of the names of the files to read in the folder; upper and lower"
                                + " case are the same. A file that path names itself is read whatever its name.")
                .define(
                        EXCLUDE,
                        ConfigDef.Type.LIST,
                        List.of(),
                        new Globs.Valid(true),
                        Importance.LOW,
                        "Globs, separated by commas, of the names of the files to leave out although include names"
                                + " them. A file that path names itself is read whatever its name.")
                .define(
                        SCAN_INTERVAL_MS,
                        ConfigDef.Type.LONG,
                        5_000L,
                        Range.between(1, Duration.ofDays(365).toMillis()),
                        Importance.MEDIUM,
                        "How often to look for new and grown files, in milliseconds. Also how long a file must stay"
                                + " the same, while the task watches, before a last record that may still be being"
                                + " written, such as a line without a line end, is published.")
                .define(
                        BATCH_RECORDS,
                        ConfigDef.Type.INT,
                        1_000,
                        Range.atLeast(1),
                        Importance.LOW,
                        "How many records a task hands over at a time at most.")
                .define(
                        MAX_RECORD_BYTES,
                        ConfigDef.Type.INT,
                        1_000_000,
                        Range.between(1, 1 << 30),
                        Importance.MEDIUM,
                        "How many bytes one record may take in the file; a longer one is skipped and reported. The"
                                + " default leaves room for key, headers and framing within the 1 MiB that producers"
                                + " and brokers accept by default.")
                .define(
                        VALUE_SERIALIZER,
                        ConfigDef.Type.STRING,
                        format.serializer(),
                        new ConfigDef.NonEmptyString(),
                        Importance.LOW,
                        "The name of the serializer that Kurier's host publishes the values with. A Connect worker"
                                + " does not look at it: there value.converter decides.");
        format.define(keys);
        return keys;
    }

    /** Returns the maximum size of one record in its file, in bytes. */
    public int maxRecordBytes() {
        return getInt(MAX_RECORD_BYTES);
    }

    /**
     * Returns whether the task runs in Kurier's host, whose serializers take any value, and not on a Connect worker,
     * whose converters take Connect's types.
     */
    public boolean isHosted() {
        return hosted;
    }

    String topic() {
        return getString(TOPIC);
    }

    /**
     * Returns the file or the folder to read, as an absolute path. The paths of all files that are read begin with it.
     */
    public Path path() {
        return ExistingPath.absolute(getString(PATH));
    }

    Globs globs() {
        return Globs.of(getList(INCLUDE), getList(EXCLUDE));
    }

    Duration scanInterval() {
        return Duration.ofMillis(getLong(SCAN_INTERVAL_MS));
    }

    int batchRecords() {
        return getInt(BATCH_RECORDS);
    }

    TaskAssignment share() {
        return new TaskAssignment(getInt(TASK_INDEX), getInt(TASK_COUNT));
    }
}
