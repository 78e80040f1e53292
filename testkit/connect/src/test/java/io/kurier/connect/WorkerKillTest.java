// SPDX-License-Identifier: Apache-2.0
package io.kurier.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kurier.broker.ClusterAdmin;
import io.kurier.broker.LocalBroker;
import io.kurier.serializers.avro.AvroDeserializer;
import io.kurier.serializers.media.BlobStore;
import io.kurier.serializers.media.MediaDeserializer;
import io.kurier.serializers.media.MediaPart;
import io.kurier.serializers.media.MediaReader;
import io.kurier.serializers.media.ReceivedBlob;
import io.kurier.serializers.media.UndeliveredBlob;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The connectors publish exactly once on two workers, although one of these is killed in the middle of the files. */
@Timeout(1800)
class WorkerKillTest {
    private static final int KILLS = Integer.getInteger("connect.kills", 1);
    private static final int FILES = 6;
    private static final int LINES_PER_FILE = 2_000 * (KILLS + 1);
    private static final int FILMS = 4;
    private static final int TASKS = 2;
    private static final List<String> CONNECTORS = List.of("films", "readings", "numbers", "lines");
    private static final Duration LONG = Duration.ofSeconds(90);

    private static final Schema READING = SchemaBuilder.record("Reading")
            .fields()
            .requiredInt("station")
            .requiredInt("number")
            .requiredString("place")
            .endRecord();

    private final long seed = Long.getLong("connect.seed", new Random().nextLong());
    private final Random random = new Random(seed);

    private final List<UndeliveredBlob> undelivered = new ArrayList<>();
    private final Map<String, List<String>> films = new TreeMap<>();

    private LocalBroker broker;
    private Path plugins;
    private final List<DistributedWorker> workers = new ArrayList<>();

    @TempDir
    private Path folder;

    @BeforeEach
    void start() throws IOException {
        plugins = PluginArchives.unpack(folder.resolve("plugins"), List.of("text", "json", "avro", "media"));
        broker = LocalBroker.start();
        try (ClusterAdmin admin = ClusterAdmin.connect(broker.clientProperties())) {
            for (String topic : List.of("lines", "numbers", "readings", "films")) {
                admin.createTopic(topic, 3);
            }
        }
        for (String name : List.of("first", "second")) {
            workers.add(DistributedWorker.start(folder, name, broker.bootstrapServers(), plugins));
        }
    }

    @AfterEach
    void stop() throws InterruptedException {
        for (DistributedWorker worker : workers) {
            worker.kill();
        }
        if (broker != null) {
            broker.close();
        }
    }

    @Test
    void everyLineAndEveryFileIsPublishedOnceThroughKillsOfWorkers() throws Exception {
        System.out.println("WorkerKillTest, " + KILLS + " kills, seed " + seed);
        Tally lines = new Tally(writeLines(folder.resolve("logs"), "log", "line %d of file %d, with some text"));
        Tally numbers = new Tally(writeLines(folder.resolve("orders"), "jsonl", "{\"total\":%d.50,\"file\":%d}"));
        Tally readings = new Tally(writeReadings(folder.resolve("readings")));
        Map<String, List<String>> written = writeFilms(folder.resolve("films-to-send"));
        for (DistributedWorker worker : workers) {
            new WorkerRest(worker).awaitReady();
        }
        WorkerRest rest = new WorkerRest(workers.get(0));
        rest.put(connector(
                "films",
                "Media",
                "films-to-send",
                Map.of(
                        "chunk.bytes", "20000",
                        "batch.records", "2",
                        "value.converter", "org.apache.kafka.connect.converters.ByteArrayConverter")));
        rest.put(connector(
                "readings",
                "Avro",
                "readings",
                Map.of(
                        "value.converter", "io.kurier.plugins.connect.KurierConverter",
                        "value.converter.serializer", "avro")));
        rest.put(connector(
                "numbers",
                "Json",
                "orders",
                Map.of(
                        "value.converter", "ExactJsonConverter",
                        "transaction.boundary", "interval",
                        "transaction.boundary.interval.ms", "300")));
        rest.put(connector("lines", "Text", "logs", Map.of()));
        for (String connector : CONNECTORS) {
            rest.awaitRunning(connector, TASKS);
        }
        try (CommittedReader<String> lineReader = new CommittedReader<>(
                        broker.bootstrapServers(),
                        "lines",
                        new StringDeserializer(),
                        record -> lines.found(record.value()));
                CommittedReader<String> numberReader = new CommittedReader<>(
                        broker.bootstrapServers(),
                        "numbers",
                        new StringDeserializer(),
                        record -> numbers.found(record.value()));
                CommittedReader<GenericRecord> readingReader = new CommittedReader<>(
                        broker.bootstrapServers(),
                        "readings",
                        readings(),
                        record -> readings.found(record.value().toString()));
                MediaReader<Path> blobs =
                        new MediaReader<>(BlobStore.inFolder(folder.resolve("received")), undelivered::add);
                CommittedReader<MediaPart> filmReader = new CommittedReader<>(
                        broker.bootstrapServers(),
                        "films",
                        new MediaDeserializer(),
                        record -> blobs.read(record).ifPresent(blob -> delivered(record.key(), blob)))) {
            for (int kill = 1; kill <= KILLS; kill++) {
                killInTheMiddle(lineReader, kill);
            }
            lineReader.readUntil("every line is there", lines::isComplete);
            numberReader.readUntil("every number is there", numbers::isComplete);
            readingReader.readUntil("every reading is there", readings::isComplete);
            filmReader.readUntil("every film is there", () -> films.size() >= written.size());
            for (DistributedWorker worker : workers) {
                worker.close(); // whatever they would publish besides is there now
            }
            lineReader.readToEnd();
            numberReader.readToEnd();
            readingReader.readToEnd();
            filmReader.readToEnd();
            assertThat(lines.differences()).as("seed %d", seed).isEmpty();
            publishAgain("line 7 of file 0, with some text");
            lineReader.readToEnd();
            assertThat(lines.differences()).containsExactly("too many by 1: line 7 of file 0, with some text");
        }
        assertThat(readings.differences()).as("seed %d", seed).isEmpty();
        assertThat(numbers.differences()).as("seed %d", seed).isEmpty();
        assertThat(films).as("seed %d", seed).isEqualTo(written);
        assertThat(undelivered).as("seed %d", seed).isEmpty();
    }

    /** Kills a worker that runs a task which still has much to read, and starts another unless it was the last kill. */
    private void killInTheMiddle(CommittedReader<String> lines, int kill) throws Exception {
        long before = lines.committed();
        int more = 500 + random.nextInt(3_000);
        await("progress")
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .atMost(LONG)
                .until(() -> lines.committed() > before + more);
        String task = CONNECTORS.get(random.nextInt(CONNECTORS.size()));
        String url = new WorkerRest(workers.get(0)).workerOf(task, random.nextInt(TASKS));
        int victim = workers.get(0).url().equals(url) ? 0 : 1;
        workers.get(victim).kill();
        long committed = lines.committed();
        System.out.println("killed worker " + victim + " after " + committed + " of " + FILES * LINES_PER_FILE);
        assertThat(committed)
                .as("seed %d: the worker was killed too late", seed)
                .isLessThan((long) FILES * LINES_PER_FILE);
        if (kill < KILLS) {
            workers.set(victim, DistributedWorker.start(folder, "worker-" + kill, broker.bootstrapServers(), plugins));
            new WorkerRest(workers.get(victim)).awaitReady();
            new WorkerRest(workers.get(victim)).awaitRunning("lines", TASKS);
        } else {
            workers.remove(victim);
        }
    }

    /** Plants what the test is to notice. */
    private void publishAgain(String line) {
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers()),
                new StringSerializer(),
                new StringSerializer())) {
            producer.send(new ProducerRecord<>("lines", line));
        }
    }

    private void delivered(String key, ReceivedBlob<Path> blob) {
        films.computeIfAbsent(key, unused -> new ArrayList<>()).add(sha256(blob.content()));
    }

    private static String sha256(Path file) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (Exception e) {
            throw new IllegalStateException(file.toString(), e);
        }
    }

    private Map<String, String> connector(String name, String format, String path, Map<String, String> others) {
        Map<String, String> connector = new HashMap<>(Map.of(
                "name",
                name,
                "connector.class",
                format + "SourceConnector",
                "topic",
                name,
                "path",
                folder.resolve(path).toString(),
                "tasks.max",
                String.valueOf(TASKS),
                "exactly.once.support",
                "required",
                "scan.interval.ms",
                "200",
                "batch.records",
                "40"));
        connector.putAll(others);
        return connector;
    }

    /** Writes files with lines that are all different, and returns the lines. */
    private static List<String> writeLines(Path folder, String extension, String pattern) throws IOException {
        Files.createDirectories(folder);
        List<String> all = new ArrayList<>();
        for (int file = 0; file < FILES; file++) {
            List<String> lines = new ArrayList<>();
            for (int line = 0; line < LINES_PER_FILE; line++) {
                lines.add(pattern.formatted(line, file));
            }
            Files.write(folder.resolve(file + "." + extension), lines);
            all.addAll(lines);
        }
        return all;
    }

    /** Writes Avro files with records that are all different, and returns these as text. */
    private static List<String> writeReadings(Path folder) throws IOException {
        Files.createDirectories(folder);
        List<String> all = new ArrayList<>();
        for (int file = 0; file < FILES; file++) {
            try (DataFileWriter<GenericRecord> writer = new DataFileWriter<>(new GenericDatumWriter<>())) {
                writer.create(READING, folder.resolve(file + ".avro").toFile());
                for (int line = 0; line < LINES_PER_FILE; line++) {
                    GenericRecord reading = new GenericData.Record(READING);
                    reading.put("station", file);
                    reading.put("number", line);
                    reading.put("place", "station " + file);
                    writer.append(reading);
                    all.add(reading.toString());
                }
            }
        }
        return all;
    }

    private Deserializer<GenericRecord> readings() throws IOException {
        Path schema = Files.writeString(folder.resolve("reading.avsc"), READING.toString());
        Deserializer<GenericRecord> deserializer = new AvroDeserializer<>();
        deserializer.configure(Map.of(AvroDeserializer.SCHEMAS_CONFIG, schema.toString()), false);
        return deserializer;
    }

    /** Writes files and returns their SHA-256 by the keys of their records. */
    private Map<String, List<String>> writeFilms(Path folder) throws IOException {
        Files.createDirectories(folder);
        Map<String, List<String>> hashes = new TreeMap<>();
        for (int film = 0; film < FILMS; film++) {
            byte[] content = new byte[2_000_000 + random.nextInt(500_000)];
            random.nextBytes(content);
            Path file = Files.write(folder.resolve("film " + film), content);
            hashes.put(String.valueOf(file.getFileName()), List.of(sha256(file)));
        }
        return hashes;
    }
}
