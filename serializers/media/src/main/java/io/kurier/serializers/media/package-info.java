// SPDX-License-Identifier: Apache-2.0
/**
 * Pictures, sound, films, documents: bytes of any size, published unchanged.
 *
 * <p>In a publisher's configuration: {@code topics.films.value.serializer=media}. A value is a {@link
 * io.kurier.serializers.media.Blob}, which refers to the bytes and never loads them:
 *
 * <pre>{@code
 * Topic<String, Blob> films = Topic.of("films", String.class, Blob.class);
 * publisher.publish(films, "customer-7", Blob.of(Path.of("holiday.mp4")));
 * }</pre>
 *
 * <p>A blob of up to {@code chunk.bytes} is one plain record that any consumer can read. A larger one is split into
 * chunks and a manifest, which comes last and has their number and their digest:
 *
 * <pre>
 *   chunk 0 | chunk 1 | ... | chunk n-1 | manifest        one key, one partition, in order
 * </pre>
 *
 * <p>A consumer reads parts with {@link io.kurier.serializers.media.MediaDeserializer}, and a {@link
 * io.kurier.serializers.media.MediaReader} assembles them. It delivers a blob only after its manifest matches:
 *
 * <pre>{@code
 * var consumer = new KafkaConsumer<>(config, new StringDeserializer(), new MediaDeserializer());
 * var reader = new MediaReader<>(BlobStore.inFolder(folder), lost -> log.warn("{}", lost));
 * for (ConsumerRecord<String, MediaPart> record : consumer.poll(timeout)) {
 *     reader.read(record).ifPresent(blob -> use(blob.content()));
 * }
 * consumer.commitSync(reader.committable());
 * }</pre>
 *
 * <p>Details:
 *
 * <ul>
 *   <li>Memory grows with the size of a chunk, never with that of a blob, on both sides.
 *   <li>A publisher that fails half way, or whose file changes while it is read, sends no manifest; readers drop the
 *       chunks. The media connector continues an interrupted file under the same id, and readers wait for that.
 *   <li>A plain {@code KafkaProducer} calls {@code serialize} once for each record, so it accepts blobs of one record
 *       only; the error for larger ones explains how to send them.
 *   <li>A compacted topic keeps one record for each key, so it must not hold blobs of several records.
 *   <li>{@code docs/media-format.md} specifies the records, for readers in other languages.
 * </ul>
 */
@NullMarked
package io.kurier.serializers.media;

import org.jspecify.annotations.NullMarked;
