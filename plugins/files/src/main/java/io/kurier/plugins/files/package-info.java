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
 *   <li>A last record that may still be being written waits until the file was the same at two looks that lie
 *       {@code scan.interval.ms} or more apart, by the JVM's monotonic clock. Until then the task has not drained.
 *   <li>A position is of one file, which its key and a digest of its first bytes show. Another file under the name, and a
 *       file that was cut or overwritten, is read from its start; the log says so. A file that was renamed is read to its
 *       end, under its new name if that is read too, else under the name that it had.
 *   <li>Memory grows with the size of a record and the number of files, not with the size of a file.
 * </ul>
 *
 * <p>The source partition is a file's absolute path. Files are never changed, moved or deleted.
 */
@NullMarked
package io.kurier.plugins.files;

import org.jspecify.annotations.NullMarked;
