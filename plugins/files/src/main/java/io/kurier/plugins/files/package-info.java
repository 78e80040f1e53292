// SPDX-License-Identifier: Apache-2.0
/**
 * The file reader that the source connectors of all formats share.
 *
 * <p>A format is one class, a {@link io.kurier.plugins.files.FileFormat}: it names its keys and opens a file at a
 * {@link io.kurier.plugins.files.Position} as a {@link io.kurier.plugins.files.RecordReader}. Its connector and its
 * task are empty subclasses that pass it on, because Kafka Connect creates them by class name:
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
 *                 (bytes, offset, length, after) -> ReadResult.Value.of(Schema.BYTES_SCHEMA,
 *                         java.util.HexFormat.of().parseHex(new String(bytes, offset, length, US_ASCII)), after));
 *     }
 * }
 * }</pre>
 *
 * <p>This package has the rest: keys, the scan of folders, the assignment of files to tasks, the poll loop, source
 * offsets and reports. It guarantees:
 *
 * <ul>
 *   <li>Every record carries the position behind it. After a restart, reading continues exactly there, also in a file
 *       that has grown since.
 *   <li>What cannot be read is reported once, to the log and to {@link io.kurier.spi.SourceReport}, and the rest
 *       continues. It is reported when all records before it were returned, with its content if that is at hand. After a restart, rejected parts behind the last record that was published are reported again.
 *   <li>A last record that may still be being written waits until two checks, at least {@code scan.interval.ms} apart
 *       by the JVM's monotonic clock, found the file unchanged. Until then the task has not drained.
 *   <li>A position belongs to one file, identified by its key and a digest of its first bytes. Another file under the
 *       same name is read from its start, and so is a file that was cut or overwritten; the log reports it. A file that
 *       was renamed is read to its end, under its new name if that is read too, else under its earlier name.
 *   <li>A file that is compressed with gzip or zstd is read as what is compressed in it, and positions are those of the
 *       uncompressed data. Compressed data that end too early wait like a last record; then they are reported, and what
 *       was read before them is published.
 *   <li>Memory grows with the size of a record and the number of files, not with the size of a file.
 * </ul>
 *
 * <p>The source partition is a file's absolute path. Files are not changed. With {@code finished=move} or
 * {@code delete} a file goes when all its records have been stored and it has been unchanged for
 * {@code finished.after.ms}; it is not required that its offsets are stored, because a file that is gone is not read
 * again after a restart either.
 */
@NullMarked
package io.kurier.plugins.files;

import org.jspecify.annotations.NullMarked;
