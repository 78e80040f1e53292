// SPDX-License-Identifier: Apache-2.0
package io.kurier.benchmarks.connect;

import io.kurier.benchmarks.Values;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.IntFunction;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.message.BinaryMessageEncoder;

/** Writes the files that are imported: the same ones in every run, in which no two values are equal. */
final class Inputs {
    private static final int LINE_BYTES = 100;
    private static final byte[][] WORDS = Values.ofSize(LINE_BYTES);
    private static final int TEXT_BYTES = 40;
    private static final Schema SCHEMA = SchemaBuilder.record("Payment")
            .namespace("io.kurier.benchmarks")
            .fields()
            .requiredLong("id")
            .requiredString("customer")
            .requiredLong("cents")
            .requiredBoolean("paid")
            .requiredString("text")
            .endRecord();

    private final Path folder;

    /** Creates inputs below a folder, which exists. */
    Inputs(Path folder) {
        this.folder = folder;
    }

    /** Writes a file of lines of made-up words, 100 bytes each and a line feed. */
    Input text(int lines) throws IOException {
        return lines(Input.Kind.TEXT, "text", "text-" + lines + ".txt", lines, Inputs::line);
    }

    /** Returns an input with more words in its title. */
    static Input titled(Input input, String more) {
        return new Input(input.kind(), input.title() + more, input.path(), input.bytes(), input.values());
    }

    /** Writes a file of JSON objects, of 100 bytes each and a line feed. */
    Input json(int lines) throws IOException {
        return lines(Input.Kind.JSON, "JSON", "json-" + lines + ".jsonl", lines, Inputs::object);
    }

    private Input lines(Input.Kind kind, String name, String fileName, int lines, IntFunction<String> line)
            throws IOException {
        Path file = folder.resolve(fileName);
        ValueSum values = new ValueSum();
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            for (int i = 0; i < lines; i++) {
                byte[] value = line.apply(i).getBytes(StandardCharsets.US_ASCII);
                values.add(value);
                out.write(value);
                out.write('\n');
            }
        }
        String title = String.format(Locale.ROOT, "%s, %,d lines of %d B", name, lines, LINE_BYTES);
        return new Input(kind, title, file, Files.size(file), values);
    }

    /** Writes an Avro container file without compression, with the content of the JSON objects. */
    Input avro(int records) throws IOException {
        Path file = folder.resolve("avro-" + records + ".avro");
        ValueSum values = new ValueSum();
        BinaryMessageEncoder<GenericRecord> encoder = new BinaryMessageEncoder<>(GenericData.get(), SCHEMA);
        try (DataFileWriter<GenericRecord> out = new DataFileWriter<>(new GenericDatumWriter<>(SCHEMA))) {
            out.create(SCHEMA, file.toFile());
            for (int i = 0; i < records; i++) {
                GenericRecord record = payment(i);
                values.add(bytesOf(encoder.encode(record)));
                out.append(record);
            }
        }
        String title = String.format(Locale.ROOT, "Avro, %,d records", records);
        return new Input(Input.Kind.AVRO, title, file, Files.size(file), values);
    }

    /** Writes files of one line of 100 bytes each into one folder. */
    Input files(int files) throws IOException {
        Path small = Files.createDirectory(folder.resolve("files-" + files));
        ValueSum values = new ValueSum();
        long bytes = 0;
        for (int i = 0; i < files; i++) {
            byte[] value = line(i).getBytes(StandardCharsets.US_ASCII);
            values.add(value);
            byte[] content = (line(i) + "\n").getBytes(StandardCharsets.US_ASCII);
            Files.write(small.resolve(String.format(Locale.ROOT, "%06d.txt", i)), content);
            bytes += content.length;
        }
        String title = String.format(Locale.ROOT, "text, %,d files of one line", files);
        return new Input(Input.Kind.FILES, title, small, bytes, values);
    }

    private static String line(int number) {
        return (String.format(Locale.ROOT, "%08d ", number) + words(number)).substring(0, LINE_BYTES);
    }

    private static String object(int number) {
        String start = "{\"id\":" + (10_000_000 + number) + ",\"customer\":\"" + customer(number) + "\",\"cents\":"
                + cents(number) + ",\"paid\":" + paid(number) + ",\"text\":\"";
        int text = LINE_BYTES - start.length() - 2;
        return start + words(number).substring(0, text) + "\"}";
    }

    private static GenericRecord payment(int number) {
        GenericRecord record = new GenericData.Record(SCHEMA);
        record.put("id", 10_000_000L + number);
        record.put("customer", customer(number));
        record.put("cents", cents(number));
        record.put("paid", paid(number));
        record.put("text", words(number).substring(0, TEXT_BYTES));
        return record;
    }

    private static String customer(int number) {
        return "c" + (1_000 + number % 9_000);
    }

    private static long cents(int number) {
        return 100 + number * 7L % 100_000;
    }

    private static boolean paid(int number) {
        return number % 3 != 0;
    }

    private static String words(int number) {
        return new String(WORDS[number % WORDS.length], StandardCharsets.US_ASCII);
    }

    private static byte[] bytesOf(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }
}
