// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.avro;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.util.Utf8;

/** The files that the tests read, most of them written by Avro itself. */
final class Containers {
    static final Schema SCHEMA = schema("{'type':'record','name':'Row','fields':["
            + "{'name':'id','type':'int'},{'name':'name','type':['null','string']}]}");

    static final byte[] SYNC = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private Containers() {}

    /** A file, and where its header and blocks end. */
    static final class Written {
        private final byte[] bytes;
        private final List<Integer> ends;
        private final List<Object> rows;

        Written(byte[] bytes, List<Integer> ends, List<Object> rows) {
            this.bytes = bytes;
            this.ends = ends;
            this.rows = rows;
        }

        byte[] bytes() {
            return bytes.clone();
        }

        List<Integer> ends() {
            return ends;
        }

        List<Object> rows() {
            return rows;
        }

        int headerEnd() {
            return ends.get(0);
        }

        /** How many rows stand in the blocks that end at or before a position. */
        int rowsBefore(int position, int each) {
            return (int) ends.stream().filter(end -> end <= position).skip(1).count() * each;
        }
    }

    interface Body {
        void to(BinaryEncoder encoder) throws IOException;
    }

    static Schema schema(String json) {
        return new Schema.Parser().parse(json.replace('\'', '"'));
    }

    static GenericRecord row(int id) {
        GenericRecord row = new GenericData.Record(SCHEMA);
        row.put("id", id);
        row.put("name", new Utf8("name " + id));
        return row;
    }

    static CodecFactory codec(String name) {
        return name.equals("zstandard") ? CodecFactory.zstandardCodec(3, true) : CodecFactory.fromString(name);
    }

    static Written rows(String codec, int blocks, int each) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        List<Integer> ends = new ArrayList<>();
        List<Object> rows = new ArrayList<>();
        try (DataFileWriter<GenericRecord> writer = new DataFileWriter<>(new GenericDatumWriter<>(SCHEMA))) {
            writer.setCodec(codec(codec)).create(SCHEMA, out, SYNC);
            writer.flush();
            ends.add(out.size());
            for (int block = 0; block < blocks; block++) {
                for (int i = 0; i < each; i++) {
                    rows.add(row(rows.size()));
                    writer.append(row(rows.size() - 1));
                }
                writer.flush();
                ends.add(out.size());
            }
        }
        return new Written(out.toByteArray(), ends, rows);
    }

    /** A file as no writer of Avro's would write it: the header, and whatever comes behind it. */
    static byte[] handmade(String schema, String codec, Body body) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            out.write(new byte[] {'O', 'b', 'j', 1});
            BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
            Map<String, String> metadata = Map.of("avro.schema", schema.replace('\'', '"'), "avro.codec", codec);
            encoder.writeMapStart();
            encoder.setItemCount(metadata.size());
            for (Map.Entry<String, String> entry : metadata.entrySet()) {
                encoder.writeString(entry.getKey());
                encoder.writeBytes(entry.getValue().getBytes(StandardCharsets.UTF_8));
            }
            encoder.writeMapEnd();
            encoder.writeFixed(SYNC);
            body.to(encoder);
            encoder.flush();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return out.toByteArray();
    }

    static void block(BinaryEncoder encoder, long count, byte[] content) throws IOException {
        encoder.writeLong(count);
        encoder.writeLong(content.length);
        encoder.writeFixed(content);
        encoder.writeFixed(SYNC);
    }
}
