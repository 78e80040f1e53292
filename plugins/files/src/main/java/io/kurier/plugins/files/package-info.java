// SPDX-License-Identifier: Apache-2.0
/**
 * The file reader that the source connectors of all formats share.
 *
 * <p>A format is one class, a {@link io.kurier.plugins.files.FileFormat}: it names its keys and opens a file at a
 * {@link io.kurier.plugins.files.Position} as a {@link io.kurier.plugins.files.RecordReader}. Its connector and its
 * task are empty subclasses that hand it over, because Kafka Connect creates them by class name:
 *
 * <pre>{@code
 * public final class HexSourceTask extends FileSourceTask {
 *     public HexSourceTask() {
 *         super(new HexFormat());
 *     }
 * }
 *
 * final class HexFormat implements FileFormat {
 *     public String serializer() {
 *         return "bytes";
 *     }
 *
 *     public List<String> include() {
 *         return List.of("*.hex");
 *     }
 *
 *     public Opener opener(FileSourceConfig config) {
 *         return (input, from) -> new LineReader(input, from, LineEnds.ASCII, config.maxRecordBytes(),
 *                 (bytes, offset, length, after) -> Reading.Value.of(Schema.BYTES_SCHEMA,
 *                         HexFormat.of().parseHex(new String(bytes, offset, length, US_ASCII)), after));
 *     }
 * }
 * }</pre>
 *
 * <p>The rest is here: keys, the scan of folders, the split among tasks, the poll loop, source offsets and reports. What
 * it promises:
 *
 * <ul>
 *   <li>Every record carries the position behind it. After a restart reading goes on exactly there, also in a file that
 *       has grown since.
 *   <li>What cannot be read is told once, to the log and to {@link io.kurier.spi.SourceReport}, and the rest goes on.
 *       After a restart, rejected parts behind the last record that was published are told again.
 *   <li>A last record that may still be being written waits until the file has not changed for
 *       {@code scan.interval.ms}. Until then the task has not drained.
 *   <li>Memory grows with the size of a record and the number of files, not with the size of a file.
 * </ul>
 *
 * <p>A file is known by its absolute path: one that is renamed is a new one. Files are never changed, moved or deleted.
 */
@NullMarked
package io.kurier.plugins.files;

import org.jspecify.annotations.NullMarked;
