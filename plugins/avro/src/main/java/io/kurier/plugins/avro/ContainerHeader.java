// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.avro;

import io.kurier.plugins.files.FileInput;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.JsonSchemaParser;
import org.apache.avro.Schema;

/**
 * The header of a container file (Avro specification, "Object Container Files"): {@code Obj} and the byte 1, the
 * schema, the codec, the sync marker.
 *
 * @param schema the schema of the records, or of the records around values that are not records
 * @param codec how blocks are compressed
 * @param sync the marker behind every block
 * @param end where the first block starts, in bytes
 */
record ContainerHeader(Schema schema, BlockCodec codec, SyncMarker sync, long end) {

    private static final byte[] MAGIC = {'O', 'b', 'j', 1};

    private static final String SCHEMA = "avro.schema";
    private static final String CODEC = "avro.codec";

    /**
     * Avro accepts any length that the file claims, and takes some twenty bytes of memory for each byte of a schema.
     * Schemas with thousands of fields have some hundred kilobytes.
     */
    private static final int MAX_BYTES = 4 * 1024 * 1024;

    /**
     * Reads from the start of the file.
     *
     * @throws EOFException if the file ends within the header
     * @throws InvalidFileException if it is not a container file, or its records cannot be read or published
     */
    static ContainerHeader read(FileInput input) throws IOException, InvalidFileException {
        input.seek(0);
        byte[] magic = input.readNBytes(MAGIC.length);
        if (!Arrays.equals(magic, Arrays.copyOf(MAGIC, magic.length))) {
            throw new InvalidFileException("it is no Avro container file: it does not begin with Obj and the byte 1");
        }
        Map<String, byte[]> metadata = new HashMap<>();
        for (long count = Varint.read(input); count != 0; count = Varint.read(input)) {
            if (count < 0) {
                // a negative count is followed by the number of bytes, for readers that skip the block
                Varint.read(input);
            }
            for (long i = Math.abs(count); i > 0; i--) {
                String key = new String(bytes(input), StandardCharsets.UTF_8);
                byte[] value = bytes(input);
                if (key.equals(SCHEMA) || key.equals(CODEC)) {
                    metadata.put(key, value);
                }
            }
        }
        byte[] sync = input.readNBytes(SyncMarker.BYTES);
        if (sync.length < SyncMarker.BYTES) {
            throw new EOFException();
        }
        return new ContainerHeader(schema(metadata), codec(metadata), SyncMarker.of(sync), input.position());
    }

    private static byte[] bytes(FileInput input) throws IOException, InvalidFileException {
        long length = Varint.read(input);
        if (length < 0 || input.position() + length > MAX_BYTES) {
            throw new InvalidFileException("its header is damaged, or larger than " + MAX_BYTES + " bytes");
        }
        byte[] bytes = input.readNBytes((int) length);
        if (bytes.length < length) {
            throw new EOFException();
        }
        return bytes;
    }

    private static BlockCodec codec(Map<String, byte[]> metadata) throws InvalidFileException {
        byte[] name = metadata.get(CODEC);
        return name == null ? BlockCodec.NULL : BlockCodec.of(new String(name, StandardCharsets.UTF_8));
    }

    private static Schema schema(Map<String, byte[]> metadata) throws InvalidFileException {
        byte[] json = metadata.get(SCHEMA);
        if (json == null) {
            throw new InvalidFileException("its header has no schema (avro.schema)");
        }
        Schema values;
        try {
            // as Avro's own reader does: without checks of names and defaults, which matter to writers only
            values = JsonSchemaParser.parseInternal(new String(json, StandardCharsets.UTF_8));
        } catch (RuntimeException | StackOverflowError e) {
            throw new InvalidFileException("its header has a schema that Avro cannot parse ("
                    + e.getClass().getTypeName() + ")");
        }
        return ValueRecord.around(values);
    }
}
