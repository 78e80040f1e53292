// SPDX-License-Identifier: Apache-2.0
package io.kurier.benchmarks.media;

import io.kurier.CloseReport;
import io.kurier.Publisher;
import io.kurier.Topic;
import io.kurier.core.Kurier;
import io.kurier.serializers.media.Blob;
import io.kurier.serializers.media.BlobStore;
import io.kurier.serializers.media.MediaDeserializer;
import io.kurier.serializers.media.MediaPart;
import io.kurier.serializers.media.MediaReader;
import io.kurier.serializers.media.ReceivedBlob;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The measured client: a publisher with the serializer {@code media}, and a reader that verifies each blob. */
final class BlobClient implements MediaClient {
    private static final Duration CLOSE = Duration.ofSeconds(30);
    private static final String JPEG = "image/jpeg";

    private final Map<String, Object> consumer;
    private final boolean declared;
    private final Map<String, Topic<String, Blob>> topics = new HashMap<>();
    private final Publisher publisher;

    /**
     * Starts a publisher.
     *
     * @param declared whether pictures have a declared content type; it is detected otherwise
     */
    BlobClient(Map<String, String> producer, Map<String, Object> consumer, List<String> names, boolean declared) {
        this.consumer = consumer;
        this.declared = declared;
        names.forEach(name -> topics.put(name, Topic.of(name, String.class, Blob.class)));
        publisher = Kurier.start(producer, topics.values().toArray(new Topic<?, ?>[0]));
    }

    @Override
    public void publish(Path file, String topic) {
        publisher.publish(topic(topic), null, Blob.of(file)).join();
    }

    @Override
    public void publish(byte[][] pictures, int count, String topic) {
        Topic<String, Blob> to = topic(topic);
        for (int i = 0; i < count; i++) {
            Blob picture = Blob.of(pictures[i % pictures.length]);
            CompletableFuture<?> unused = publisher.publish(to, null, declared ? picture.contentType(JPEG) : picture);
        }
        publisher.flush().join();
    }

    private Topic<String, Blob> topic(String name) {
        Topic<String, Blob> topic = topics.get(name);
        if (topic == null) {
            throw new IllegalArgumentException("no topic " + name);
        }
        return topic;
    }

    @Override
    public long read(String topic) throws IOException {
        try (TopicEnd<MediaPart> records = new TopicEnd<>(consumer, new MediaDeserializer(), topic);
                MediaReader<String> reader = new MediaReader<>(BlobStore.digestOnly(), lost -> {})) {
            long size = 0;
            while (records.isAhead()) {
                for (ConsumerRecord<byte[], MediaPart> record : records.poll()) {
                    Optional<ReceivedBlob<String>> whole = reader.read(record);
                    size += whole.map(ReceivedBlob::size).orElse(0L);
                }
            }
            return size;
        }
    }

    /** Ends the publisher, which counts too. */
    @Override
    public void close() {
        CloseReport report = publisher.close(CLOSE);
        if (report.accepted() != report.stored()) {
            throw new IllegalStateException("not everything was stored: " + report);
        }
    }
}
