// SPDX-License-Identifier: Apache-2.0
package io.kurier.benchmarks.media;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** The program of a child JVM: one client's part of a round, first with less content as a warm-up, then measured. */
public final class MediaTurn {
    static final int PICTURE_BYTES = 20_000;

    /** The settings that all producers have, {@code compression.type} apart. */
    private static final Map<String, String> PRODUCER = Map.of(
            "batch.size", "131072",
            "linger.ms", "5",
            "buffer.memory", "33554432");

    private static final int DISTINCT_PICTURES = 100;
    private static final byte[] JPEG_START = {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF, (byte) 0xE0};

    /** What a turn does. */
    enum Task {
        PUBLISH,
        READ,
        PICTURES
    }

    /** Who does it. */
    enum Who {
        RAW,
        KURIER,
        KURIER_DETECTING;

        /** Returns the name in the report. */
        String row(Task task) {
            boolean reads = task == Task.READ;
            return switch (this) {
                case RAW -> reads ? "KafkaConsumer" : "KafkaProducer";
                case KURIER -> reads ? "MediaReader" : "Publisher";
                case KURIER_DETECTING -> "Publisher, type detected";
            };
        }
    }

    /**
     * Content and its topic.
     *
     * @param file the file to publish; not used by {@link Task#PICTURES}
     * @param pictures how many; used by {@link Task#PICTURES} only
     */
    record Load(Path file, int pictures, String topic) {}

    private MediaTurn() {}

    /**
     * Takes a turn and prints its measurement.
     *
     * @param args task, client, broker, compression, chunk size; then two files, two numbers of pictures and two
     *     topics, of each the first for the warm-up
     */
    public static void main(String[] args) throws IOException {
        Task task = Task.valueOf(args[0]);
        Load warmUp = new Load(Path.of(args[5]), Integer.parseInt(args[7]), args[9]);
        Load measured = new Load(Path.of(args[6]), Integer.parseInt(args[8]), args[10]);
        byte[][] pictures = pictures();
        try (MediaClient client =
                client(Who.valueOf(args[1]), args[2], args[3], args[4], List.of(warmUp.topic(), measured.topic()))) {
            long unused = run(task, client, warmUp, pictures);
            Meter meter = Meter.start();
            long bytes = run(task, client, measured, pictures);
            System.out.println(meter.read(bytes).toLine());
        }
    }

    private static long run(Task task, MediaClient client, Load load, byte[][] pictures) throws IOException {
        switch (task) {
            case PUBLISH -> {
                client.publish(load.file(), load.topic());
                return Files.size(load.file());
            }
            case READ -> {
                long size = client.read(load.topic());
                if (size != Files.size(load.file())) {
                    throw new IllegalStateException(size + " bytes were read of " + Files.size(load.file()));
                }
                return size;
            }
            case PICTURES -> {
                client.publish(pictures, load.pictures(), load.topic());
                return (long) load.pictures() * PICTURE_BYTES;
            }
        }
        throw new IllegalArgumentException(task.name());
    }

    private static MediaClient client(
            Who who, String bootstrap, String compression, String chunkBytes, List<String> topics) {
        Map<String, Object> consumer = Map.of("bootstrap.servers", bootstrap, "enable.auto.commit", false);
        if (who == Who.RAW) {
            return new BytesClient(producer(bootstrap, compression), consumer);
        }
        Map<String, String> keys = new HashMap<>();
        keys.put("bootstrap.servers", bootstrap);
        PRODUCER.forEach((key, value) -> keys.put("producer." + key, value));
        keys.put("producer.compression.type", compression);
        for (String topic : topics) {
            keys.put("topics." + topic + ".value.serializer", "media");
            keys.put("topics." + topic + ".value.serializer.chunk.bytes", chunkBytes);
        }
        return new BlobClient(keys, consumer, topics, who == Who.KURIER);
    }

    /** Returns the settings of a {@code KafkaProducer} that are those of the publisher's own. */
    static Map<String, Object> producer(String bootstrap, String compression) {
        Map<String, Object> config = new HashMap<>(PRODUCER);
        config.put("compression.type", compression);
        config.put("acks", "all");
        config.put("enable.idempotence", true);
        config.put("bootstrap.servers", bootstrap);
        return config;
    }

    /** Returns values that begin as a JPEG does and cannot be compressed. */
    private static byte[][] pictures() {
        Random random = new Random(7);
        byte[][] pictures = new byte[DISTINCT_PICTURES][PICTURE_BYTES];
        for (byte[] picture : pictures) {
            random.nextBytes(picture);
            System.arraycopy(JPEG_START, 0, picture, 0, JPEG_START.length);
        }
        return pictures;
    }
}
