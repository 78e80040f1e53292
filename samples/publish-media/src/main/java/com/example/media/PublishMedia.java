// SPDX-License-Identifier: Apache-2.0
package com.example.media;

import io.kurier.Publisher;
import io.kurier.Topic;
import io.kurier.core.Kurier;
import io.kurier.serializers.media.Blob;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Objects;

/** Publishes a picture and a sound. Run it with the address of a broker. */
public final class PublishMedia {
    static final Topic<String, Blob> MEDIA = Topic.of("media", String.class, Blob.class);

    private PublishMedia() {}

    public static void main(String... args) throws IOException {
        Map<String, String> config = Map.of(
                "bootstrap.servers", args.length > 0 ? args[0] : "127.0.0.1:9092",
                "topics.management", "create",
                "topics.media.value.serializer", "media",
                // the default is half a megabyte; small here, so that the sound does not fit into one record
                "topics.media.value.serializer.chunk.bytes", "32768");
        try (Publisher publisher = Kurier.start(config, MEDIA)) {
            publish(publisher, "parcel.png");
            publish(publisher, "chime.wav");
        }
    }

    /**
     * Publishes a resource. For a file use {@code Blob.of(path)}, which is read while it is sent, so that its size does
     * not matter.
     */
    private static void publish(Publisher publisher, String name) throws IOException {
        try (InputStream content = Objects.requireNonNull(PublishMedia.class.getResourceAsStream(name))) {
            publisher
                    .publish(MEDIA, name, Blob.of(content).named(name))
                    .thenAccept(receipt ->
                            System.out.printf("%s: records in %3$s: %2$d%n", name, receipt.records(), receipt.topic()))
                    .join();
        }
    }
}
