// SPDX-License-Identifier: Apache-2.0
/**
 * A Kafka Connect source connector that publishes files as they are, each as one blob: pictures, films, documents, of
 * any size.
 *
 * <pre>
 * connector.class=io.kurier.plugins.media.MediaSourceConnector
 * topic=films
 * path=/srv/films
 * include=*.mp4,*.jpg
 * exclude=*.part
 * </pre>
 *
 * <p>Without {@code include} it reads every file, also those whose names begin with a dot. A file of up to
 * {@code chunk.bytes} becomes one record. A larger file becomes chunks and a manifest, as specified in
 * {@code docs/media-format.md}; {@code MediaReader} of kurier-serializer-media reassembles it. The value is bytes
 * (schema BYTES), the headers are strings, and the key of all records of a file is its path below {@code path}, with
 * {@code /} between names, so they are in one partition. On a Connect worker:
 *
 * <pre>
 * value.converter=org.apache.kafka.connect.converters.ByteArrayConverter
 * key.converter=org.apache.kafka.connect.storage.StringConverter
 * </pre>
 *
 * <p>A file is published once, completely or not at all:
 *
 * <ul>
 *   <li>It is read when two checks, at least {@code scan.interval.ms} apart, found it unchanged, whatever its
 *       modification time. If it changes while it is read, its manifest is not sent and it begins anew later; readers
 *       drop the chunks without a manifest.
 *   <li>If the connector is stopped or killed in the middle, it continues under the same id behind the chunks that were
 *       known to be stored when the last committed record was made. The others are sent again, at most the records that
 *       were under way and those of one poll (4 MiB), and readers skip what they have. The part that is stored is read
 *       again and verified. The file begins anew with a new id if its size, its modification time or that part has
 *       changed, if {@code chunk.bytes} or the partition is another one now, or if it was interrupted for longer than
 *       {@code resume.within.ms}, ten minutes by default: readers wait for the rest only until other records of the
 *       partition have followed, 100,000 by default, and retention may remove the beginning. A file that begins anew is
 *       delivered, too.
 *   <li>A file that grows after it was published is reported as broken and not published again: give new content a new
 *       name. Another file under the same name is published too, and so is one that is shorter or begins with other
 *       bytes. A change behind the first 16 KiB without a new size or a new file is not detected.
 *   <li>A file that is renamed is published under its new name too.
 *   <li>If reading fails behind the first chunk, the file is left alone until it changes or the connector restarts, which
 *       continues it.
 *   <li>The manifest follows when the worker has reported that every chunk is stored, all in one partition. If a chunk
 *       was left out ({@code errors.tolerance=all}, a transformation), the file is reported as rejected and left alone
 *       in the same way. The only record of a small file is left out permanently, as with any connector.
 *   <li>So chunks must be partitioned by their key, as Kafka does by default.
 * </ul>
 *
 * <p>Where reports count records, they count chunks and manifests. The keys that all file connectors share are
 * described in {@code io.kurier.plugins.files}.
 */
@NullMarked
package io.kurier.plugins.media;

import org.jspecify.annotations.NullMarked;
