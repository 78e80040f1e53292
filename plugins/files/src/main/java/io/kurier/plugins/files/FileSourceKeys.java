// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.files;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.CaseInsensitiveValidString;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;

/** Defines the keys of a file connector: those that all share, and those of its format. */
final class FileSourceKeys {
    private FileSourceKeys() {}

    static FileSourceConfig ofConnector(FileFormat format, Map<String, String> properties) {
        return new FileSourceConfig(keys(format), properties, false);
    }

    static FileSourceConfig ofTask(FileFormat format, Map<String, String> properties, boolean hosted) {
        ConfigDef keys = keys(format)
                .defineInternal(
                        FileSourceConfig.TASK_INDEX,
                        ConfigDef.Type.INT,
                        0,
                        Range.atLeast(0),
                        Importance.LOW,
                        "Which task this is.")
                .defineInternal(
                        FileSourceConfig.TASK_COUNT,
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
                        FileSourceConfig.TOPIC,
                        ConfigDef.Type.STRING,
                        ConfigDef.NO_DEFAULT_VALUE,
                        new ConfigDef.NonEmptyString(),
                        Importance.HIGH,
                        "The topic to publish to.")
                .define(
                        FileSourceConfig.PATH,
                        ConfigDef.Type.STRING,
                        ConfigDef.NO_DEFAULT_VALUE,
                        new ExistingPath(),
                        Importance.HIGH,
                        "The file to read; or the folder whose files are read, with all folders in it; or a glob of the"
                                + " paths of files, such as /var/log/**/app-*.log. Symbolic links"
                                + " are followed; a file that is reached by two names is read twice. On a Connect"
                                + " cluster every worker must see the same files under this path.")
                .define(
                        FileSourceConfig.INCLUDE,
                        ConfigDef.Type.LIST,
                        format.decompresses() ? Compression.alsoCompressed(format.include()) : format.include(),
                        new Globs.Valid(false),
                        Importance.MEDIUM,
                        "Globs, separated by commas, of the names of the files to read in the folder; upper and lower"
                                + " case are the same. A file that path names itself is read whatever its name, and if path is a"
                                + " glob, all files that it matches are read unless include is set.")
                .define(
                        FileSourceConfig.EXCLUDE,
                        ConfigDef.Type.LIST,
                        List.of(),
                        new Globs.Valid(true),
                        Importance.LOW,
                        "Globs, separated by commas, of the names of the files to leave out although include names"
                                + " them. A file that path names itself is read whatever its name.")
                .define(
                        FileSourceConfig.ORDER,
                        ConfigDef.Type.STRING,
                        "name",
                        CaseInsensitiveValidString.in(FileOrder.words().toArray(new String[0])),
                        Importance.LOW,
                        "In which order a task reads files that it finds at the same time: by their paths (name), or"
                                + " the oldest first (modified).")
                .define(
                        FileSourceConfig.KEY,
                        ConfigDef.Type.STRING,
                        KeyChoice.NONE,
                        new KeyChoice.Valid(format.keys()),
                        Importance.MEDIUM,
                        "What becomes the key of a record, a string: none; file, the name of the file; path, its absolute"
                                + " path; or, in formats with fields, field: and the name of a field, which stays in the"
                                + " value. A record without the field has no key.")
                .define(
                        FileSourceConfig.HEADERS,
                        ConfigDef.Type.LIST,
                        List.of(),
                        ConfigDef.ValidList.in(SourceRecords.HEADERS.toArray(new String[0])),
                        Importance.LOW,
                        "Which headers every record gets, as strings: file (file.name), path (file.path), line (file.line,"
                                + " the line in which the record begins, in formats with lines), position"
                                + " (file.position, the byte at which it begins).")
                .define(
                        FileSourceConfig.FINISHED,
                        ConfigDef.Type.STRING,
                        "leave",
                        CaseInsensitiveValidString.in(FinishedRule.words().toArray(new String[0])),
                        Importance.MEDIUM,
                        "What becomes of a file that was read to its end when all of its records are stored: leave,"
                                + " move (to finished.folder) or delete. Whether another program still has the file open"
                                + " cannot be known.")
                .define(
                        FileSourceConfig.FINISHED_FOLDER,
                        ConfigDef.Type.STRING,
                        "",
                        Importance.MEDIUM,
                        "The folder to move finished files to, under the same path as below path; one with the name of an"
                                + " earlier one gets a number. It is created, and not read if it lies within path.")
                .define(
                        FileSourceConfig.FINISHED_AFTER_MS,
                        ConfigDef.Type.LONG,
                        60_000L,
                        Range.atLeast(0),
                        Importance.LOW,
                        "How long a file must have been unchanged behind its end, while the task watches, before it is"
                                + " moved or deleted, in milliseconds.")
                .define(
                        FileSourceConfig.SCAN_INTERVAL_MS,
                        ConfigDef.Type.LONG,
                        5_000L,
                        Range.between(1, Duration.ofDays(365).toMillis()),
                        Importance.MEDIUM,
                        "How often to look for new and grown files, in milliseconds. Also how long a file must stay"
                                + " the same, while the task watches, before a last record that may still be being"
                                + " written, such as a line without a line end, is published.")
                .define(
                        FileSourceConfig.BATCH_RECORDS,
                        ConfigDef.Type.INT,
                        1_000,
                        Range.atLeast(1),
                        Importance.LOW,
                        "How many records a task hands over at a time at most.")
                .define(
                        FileSourceConfig.MAX_RECORD_BYTES,
                        ConfigDef.Type.INT,
                        1_000_000,
                        Range.between(1, 1 << 30),
                        Importance.MEDIUM,
                        "How many bytes one record may take in the file; a longer one is skipped and reported. The"
                                + " default leaves room for key, headers and framing within the 1 MiB that producers"
                                + " and brokers accept by default.")
                .define(
                        FileSourceConfig.VALUE_SERIALIZER,
                        ConfigDef.Type.STRING,
                        format.serializer(),
                        new ConfigDef.NonEmptyString(),
                        Importance.LOW,
                        "The name of the serializer that Kurier's host publishes the values with. A Connect worker"
                                + " does not look at it: there value.converter decides.");
        if (format.decompresses()) {
            keys.define(
                    FileSourceConfig.COMPRESSION,
                    ConfigDef.Type.STRING,
                    "auto",
                    CaseInsensitiveValidString.in("auto", "none"),
                    Importance.LOW,
                    "auto: files that begin as gzip or zstd files do are decompressed, whatever their names. none: files"
                            + " are read as they are.");
        }
        format.define(keys);
        return keys;
    }
}
