// SPDX-License-Identifier: Apache-2.0
package io.kurier.benchmarks.security;

import io.kurier.Topic;
import io.kurier.benchmarks.MeasuredBroker;
import io.kurier.benchmarks.ProducerSettings;
import io.kurier.benchmarks.Topics;
import io.kurier.benchmarks.Values;
import io.kurier.benchmarks.clients.Clients;
import io.kurier.benchmarks.clients.KurierClient;
import io.kurier.benchmarks.rounds.Flood;
import io.kurier.benchmarks.rounds.RoundsOptions;
import io.kurier.guards.internal.KeyKind;
import io.kurier.guards.internal.KeysetFile;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A flood of records without a guard, encrypted, and signed, in turns, in this JVM, against a broker in another. */
@Command(name = "benchmarks/run security", sortOptions = false)
public final class SecurityBenchmark implements Callable<Integer> {
    private static final int RECORDS = 100_000;
    private static final int SMOKE_RECORDS = 2_000;

    private final PrintStream out;

    @Parameters(index = "0", arity = "0..1", hidden = true)
    private String bootstrap = "";

    @Mixin
    private RoundsOptions options = new RoundsOptions();

    @Option(names = "--size", paramLabel = "BYTES", description = "The size of values (${DEFAULT-VALUE}).")
    private int size = 1_000;

    @Option(names = "--help", usageHelp = true, description = "Prints this.")
    private boolean help;

    SecurityBenchmark(PrintStream out) {
        this.out = out;
    }

    /** Runs the benchmark. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new SecurityBenchmark(System.out)).execute(args));
    }

    @Override
    public Integer call() throws IOException {
        Path keys = Files.createTempDirectory("kurier-security");
        try (MeasuredBroker broker = MeasuredBroker.start(out, bootstrap);
                Topics topics = new Topics(broker.bootstrapServers());
                Clients<byte[]> clients = new Clients<>()) {
            clients.add(client(broker, topics, "plain", "Publisher", Map.of()));
            Map<String, String> encrypt = guard("encrypt", "key.source.file", KeyKind.ENCRYPTION, keys);
            clients.add(client(broker, topics, "encrypted", "Publisher, encrypt", encrypt));
            Map<String, String> sign = guard("sign", "keyset.file", KeyKind.SIGNATURES, keys);
            clients.add(client(broker, topics, "signed", "Publisher, sign", sign));
            options.begin(out, ProducerSettings.inWords());
            List<Flood<byte[]>> candidates = clients.all().stream()
                    .map(client -> new Flood<>(client, false))
                    .toList();
            int records = options.smoke() ? SMOKE_RECORDS : RECORDS;
            options.table(out, title("random bytes", records), candidates, topics, random(), records);
            options.table(out, title("words", records), candidates, topics, Values.ofSize(size), records);
        } finally {
            Files.deleteIfExists(keys.resolve("encrypt.json"));
            Files.deleteIfExists(keys.resolve("sign.json"));
            Files.deleteIfExists(keys);
        }
        return 0;
    }

    private String title(String values, int records) {
        return String.format(Locale.ROOT, "%s, %,d B, %,d records", values, size, records);
    }

    private static KurierClient<byte[], byte[]> client(
            MeasuredBroker broker, Topics topics, String topic, String name, Map<String, String> guard) {
        topics.create(List.of(topic));
        Map<String, String> config = new HashMap<>(ProducerSettings.forKurier(broker.bootstrapServers(), topic));
        guard.forEach((key, value) -> config.put("topics." + topic + "." + key, value));
        return new KurierClient<>(name, Topic.of(topic, byte[].class, byte[].class), config, value -> null);
    }

    /** Returns the keys of a guard with a new keyset. */
    private static Map<String, String> guard(String name, String key, KeyKind kind, Path folder) {
        KeysetFile keyset = new KeysetFile(folder.resolve(name + ".json"));
        try {
            keyset.generate(kind);
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("no keyset could be made in " + folder, e);
        }
        return Map.of("guards", name, "guard." + name + "." + key, keyset.path().toString());
    }

    private byte[][] random() {
        Random random = new Random(7);
        byte[][] values = new byte[1_000][size];
        for (byte[] value : values) {
            random.nextBytes(value);
        }
        return values;
    }
}
