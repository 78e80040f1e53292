// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.files;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;

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
    /** The order in which files are read that are found at the same time: name or modified. */
    public static final String ORDER = "order";
    /** What becomes the key of a record: none, file, path, or field: and the name of a field. */
    public static final String KEY = "key";
    /** Which headers every record gets: file, path, line, position. */
    public static final String HEADERS = "headers";
    /** What becomes of a file that was read to its end: leave, move or delete. */
    public static final String FINISHED = "finished";
    /** The folder to move such files to. */
    public static final String FINISHED_FOLDER = "finished.folder";
    /** How long such a file must have been unchanged, in milliseconds. */
    public static final String FINISHED_AFTER_MS = "finished.after.ms";
    /** Whether compressed files are decompressed: auto or none. */
    public static final String COMPRESSION = "compression";
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

    FileSourceConfig(ConfigDef keys, Map<String, String> properties, boolean hosted) {
        super(keys, properties, false);
        this.hosted = hosted;
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
     * Returns the file or the folder to read, as an absolute path; of a glob the folder before the first wildcard. The
     * paths of all files that are read begin with it.
     */
    public Path path() {
        return pattern().base();
    }

    /** Returns the name of the field that becomes the key of a record; empty if none does. */
    public String keyField() {
        return KeyChoice.field(key());
    }

    FilePattern pattern() {
        return FilePattern.of(getString(PATH));
    }

    /** A glob in {@code path} chooses the files, so the names that are usual for the format do not. */
    Globs globs() {
        boolean all = pattern().isGlob() && !originals().containsKey(INCLUDE);
        return Globs.of(all ? List.of("*") : getList(INCLUDE), getList(EXCLUDE));
    }

    boolean decompresses() {
        return values().containsKey(COMPRESSION) && getString(COMPRESSION).equalsIgnoreCase("auto");
    }

    FinishedRule finished() {
        return FinishedRule.of(
                getString(FINISHED), getString(FINISHED_FOLDER), Duration.ofMillis(getLong(FINISHED_AFTER_MS)));
    }

    FileOrder order() {
        return FileOrder.of(getString(ORDER));
    }

    String key() {
        return getString(KEY);
    }

    List<String> headers() {
        return getList(HEADERS);
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
