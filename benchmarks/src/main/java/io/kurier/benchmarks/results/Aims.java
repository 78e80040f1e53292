// SPDX-License-Identifier: Apache-2.0
package io.kurier.benchmarks.results;

import io.kurier.benchmarks.results.Aim.Bound;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** All aims, in the order of the page. */
final class Aims {
    private static final String RAW = "KafkaProducer";
    private static final String SPRING = "KafkaTemplate";
    private static final String KURIER = "Publisher";
    private static final String HOST = "ConnectorHost";
    private static final String ONCE = ", exactly-once";
    private static final String DEPENDENT = ", one dependent";
    private static final String RATE = "rate / ";

    /** The records of {@code AvroWriting}. */
    private static final int AVRO_BYTES = 106;

    /** The bytes that each framing writes before the payload, in the order of the page. */
    private static final Map<String, Integer> AVRO_PREFIXES = new LinkedHashMap<>();

    static {
        AVRO_PREFIXES.put("none", 0);
        AVRO_PREFIXES.put("singleObject", 10);
        AVRO_PREFIXES.put("confluent", 5);
        AVRO_PREFIXES.put("confluentHeader", 0);
        AVRO_PREFIXES.put("apicurio", 5);
    }

    private final List<Aim> all = new ArrayList<>();

    private Aims() {}

    /** Returns them. */
    static List<Aim> all() {
        Aims aims = new Aims();
        aims.facade();
        aims.callers();
        aims.defaults();
        aims.media();
        aims.others();
        aims.partitioners();
        aims.connect();
        aims.exactlyOnce();
        aims.security();
        aims.instrumentation();
        return List.copyOf(aims.all);
    }

    private void facade() {
        flood("facade-100", "100 B", "100 B, .* a turn", "", 0.95);
        flood("facade-100-dependent", "100 B, one dependent", "100 B, .* a turn", DEPENDENT, 0.88);
        flood("facade-1000", "1,000 B", "1,000 B, .* a turn", "", 0.98);
        flood("facade-1000-dependent", "1,000 B, one dependent", "1,000 B, .* a turn", DEPENDENT, 0.96);
        rate(
                "publish-all-100",
                "100 B, publishAll",
                "facade",
                "100 B, .* a turn",
                "publishAll" + DEPENDENT,
                RAW + DEPENDENT,
                1.0);
    }

    private void flood(String id, String what, String table, String dependent, double ofRaw) {
        rate(id, what, "facade", table, KURIER + dependent, RAW + dependent, ofRaw);
        rate(id + "-spring", what, "facade", table, KURIER + dependent, SPRING + dependent, 1.0);
    }

    private void callers() {
        for (String kind : List.of("platform", "virtual")) {
            for (int threads : List.of(4, 16, 64)) {
                String what = "100 B, " + threads + " " + kind + " threads";
                rate("callers-" + kind + "-" + threads, what, "callers", what, KURIER, RAW, 0.97);
            }
        }
    }

    private void defaults() {
        defaults("200mbit", " --link 200mbit", "at 200 Mbit/s", 2.5);
        defaults("1gbit", " --link 1gbit", "at 1 Gbit/s", 1.4);
        defaults("loopback", "", "on the loopback", 0.8);
        for (String other : List.of(RAW, SPRING)) {
            add(
                    "defaults-disk-" + other,
                    "defaults, bytes on disk of " + other,
                    "defaults",
                    "on the broker's disk",
                    KURIER,
                    "B/record / " + other,
                    Bound.AT_MOST,
                    0.45);
        }
    }

    private void defaults(String id, String link, String where, double limit) {
        for (String other : List.of(RAW, SPRING)) {
            rate(
                    "defaults-" + id + "-" + other,
                    "JSON by default settings, " + where,
                    "defaults" + link,
                    "JSON, .* a turn",
                    KURIER,
                    other,
                    limit);
        }
    }

    private void media() {
        rate("media-publish", "a large file published", "media", ".* MiB, published", KURIER, RAW, 0.90);
        add(
                "media-publish-cpu",
                "media, CPU of a large file published to that of KafkaProducer",
                "media",
                ".* MiB, published",
                KURIER,
                "CPU / " + RAW,
                Bound.AT_MOST,
                1.6);
        rate("media-read", "a large file read", "media", ".* MiB, read", "MediaReader", "KafkaConsumer", 0.85);
        rate("media-pictures", "small blobs published", "media", ".* pictures of .* B", KURIER, RAW, 0.9);
    }

    private void others() {
        add(
                "jmh-json",
                "jmh, time of the JSON serializer to that of Jackson's writer",
                "jmh",
                "JsonWriting, reflection",
                "jsonSerializer",
                "time / bareWriter",
                Bound.AT_MOST,
                1.05);
        formats();
        beside();
        add("steady-p99", "steady, p99 to that of " + RAW, "steady", "p99", KURIER, "us / " + RAW, Bound.AT_MOST, 1.0);
        for (String size : List.of("100 B", "1,000 B")) {
            for (String each : List.of("100", "1,000")) {
                rate(
                        "transactions-" + (size + "-" + each).replaceAll("[, B]", ""),
                        size + ", transactions of " + each,
                        "transactions",
                        size + ", .* transactions of " + each,
                        KURIER,
                        RAW,
                        0.95);
            }
        }
        add(
                "startup-first",
                "startup, first acknowledgment after that of " + RAW,
                "startup",
                "first client",
                KURIER,
                "ms above " + RAW,
                Bound.AT_MOST,
                150);
        add(
                "startup-second",
                "startup, a second publisher of the JVM",
                "startup",
                "second client",
                KURIER,
                "ms",
                Bound.AT_MOST,
                50);
    }

    private void partitioners() {
        for (String bytes : List.of("8", "20", "100")) {
            hash("murmur2", "bareMurmur2", bytes);
            hash("crc32", "bareCrc32", bytes);
            hash("fnv1a", "bareFnv1a", bytes);
        }
        for (String name : List.of("leastLoaded", "spread")) {
            add(
                    "jmh-partitioner-" + name,
                    "jmh, partitioner " + name + ": nanoseconds a record",
                    "jmh",
                    "Balancing",
                    name,
                    "time",
                    Bound.AT_MOST,
                    100);
        }
        add(
                "partitioners-moved",
                "partitioners, rendezvous: percentage of keys that move from 12 to 13 partitions",
                "partitioners",
                "keys moved, .*",
                "rendezvous",
                "%",
                Bound.AT_MOST,
                100 / 13.0 + 2);
    }

    private void connect() {
        for (String format : List.of("text", "JSON")) {
            String id = "connect-" + format.toLowerCase(Locale.ROOT);
            String table = format + ", [0-9,]+ lines of [0-9]+ B";
            rate(id, format, "connect", table, HOST, "Connect, its defaults", 3.0);
            add(
                    id + "-cpu",
                    "connect, " + format + ": CPU of a line to that of Connect, its defaults",
                    "connect",
                    table,
                    HOST,
                    "CPU / Connect, its defaults",
                    Bound.AT_MOST,
                    1 / 3.0);
            rate(id + "-kcat", format, "connect", table, HOST, "kcat", 0.6);
        }
        add(
                "connect-files",
                "connect, files of one line: files/s",
                "connect",
                "text, [0-9,]+ files of one line",
                HOST,
                "files/s",
                Bound.AT_LEAST,
                1_000);
    }

    private void exactlyOnce() {
        for (boolean isLonger : List.of(false, true)) {
            String id = isLonger ? "connect-once-longer" : "connect-once";
            String what = "exactly-once" + (isLonger ? ", the longer file" : "");
            String table = "text, [0-9,]+ lines of [0-9]+ B" + (isLonger ? ", the longer file" : "");
            String run = "connect --exactly-once";
            rate(id, what, run, table, HOST + ONCE, "Connect" + ONCE, 2.0);
            rate(id + "-defaults", what, run, table, HOST + ONCE, "Connect" + ONCE + ", its defaults", 2.0);
            rate(id + "-host", what, run, table, HOST + ONCE, HOST, 0.85);
        }
    }

    private void hash(String name, String bare, String bytes) {
        String id = "jmh-partitioner-" + name + "-" + bytes;
        String what = "jmh, partitioner " + name + ", keys of " + bytes + " B: ";
        String table = "KeyHashing, " + bytes;
        add(id, what + "time to that of the bare hash", "jmh", table, name, "time / " + bare, Bound.AT_MOST, 1.1);
        // JMH divides what its own threads allocate by the calls, which is a little more than nothing
        add(id + "-memory", what + "bytes allocated", "jmh", table, name, "B allocated", Bound.AT_MOST, 0.01);
    }

    private void formats() {
        for (String framing : List.of("none", "confluent", "confluentHeader", "apicurio")) {
            add(
                    "jmh-protobuf-" + framing,
                    "jmh, Protobuf, " + framing + ": time to that of toByteArray",
                    "jmh",
                    "ProtobufWriting",
                    framing,
                    "time / toByteArray",
                    Bound.AT_MOST,
                    1.10);
        }
        for (String records : List.of("generic", "specific")) {
            AVRO_PREFIXES.forEach((framing, prefix) -> {
                String id = "jmh-avro-" + records + "-" + framing;
                String what = "jmh, Avro, " + records + ", " + framing + ": ";
                String table = "AvroWriting, " + records;
                String time = "time / directEncoder";
                double bytes = AVRO_BYTES + prefix + 64;
                add(id, what + "time to that of the direct encoder", "jmh", table, framing, time, Bound.AT_MOST, 0.5);
                add(
                        id + "-memory",
                        what + "bytes allocated",
                        "jmh",
                        table,
                        framing,
                        "B allocated",
                        Bound.AT_MOST,
                        bytes);
            });
        }
    }

    private void security() {
        rate("encrypt", "random bytes of 1,000 B", "security", "random bytes, .*", KURIER + ", encrypt", KURIER, 0.85);
        rate("encrypt-words", "words of 1,000 B", "security", "words, .*", KURIER + ", encrypt", KURIER, 0.85);
    }

    private void instrumentation() {
        instrumented("few", "1 % of spans");
        instrumented("all", "all spans");
    }

    private void instrumented(String id, String spans) {
        String row = KURIER + ", Micrometer, " + spans;
        String what = "1,000 B, Micrometer and " + spans;
        rate("instrumentation-" + id, what, "instrumentation", "1,000 B, .*", row, KURIER, 0.9);
    }

    private void beside() {
        for (String records : List.of("generic", "specific")) {
            beside("avro-" + records, "Avro, " + records, "AvroBesideApicurio, " + records, 1 / 8.0);
        }
        beside("protobuf", "Protobuf", "ProtobufBesideApicurio", 0.5);
        beside("json", "JSON Schema with validation", "JsonBesideApicurio", 0.5);
    }

    private void beside(String id, String what, String table, double limit) {
        add(
                "jmh-apicurio-" + id,
                "peers, " + what + ": time to that of Apicurio's serializer",
                "jmh",
                table,
                "kurier",
                "time / apicurio",
                Bound.AT_MOST,
                limit);
    }

    private void rate(String id, String what, String run, String table, String row, String other, double limit) {
        String name = run.replaceAll(" .*", "");
        String text = name + ", " + what + ": rate to that of " + other.replace(DEPENDENT, "");
        add(id, text, run, table, row, RATE + other, Bound.AT_LEAST, limit);
    }

    private void add(
            String id, String what, String run, String table, String row, String measure, Bound bound, double limit) {
        all.add(new Aim(id, what, run, Pattern.compile(table), row, measure, bound, limit));
    }
}
