// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.text;

import io.kurier.plugins.files.FileFormat;
import io.kurier.plugins.files.FileInput;
import io.kurier.plugins.files.FileSourceConfig;
import io.kurier.plugins.files.Position;
import io.kurier.plugins.files.ReadResult;
import io.kurier.plugins.files.RecordReader;
import io.kurier.plugins.files.internal.StrictDecoder;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.ValidString;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/**
 * One record per row of a CSV file with a header line (RFC 4180): a JSON object without schema, whose values are
 * strings.
 */
final class CsvFormat implements FileFormat {

    static final String DELIMITER = "delimiter";

    /** As many as a spreadsheet has. The names are repeated in each record, so memory depends on their number. */
    private static final int MOST_COLUMNS = 16_384;

    private static final Map<String, Character> DELIMITERS = Map.of(",", ',', ";", ';', "|", '|', "tab", '\t');

    @Override
    public String serializer() {
        return "json";
    }

    @Override
    public List<String> include() {
        return List.of("*.csv");
    }

    @Override
    public Keys keys() {
        return Keys.FIELD;
    }

    @Override
    public void define(ConfigDef keys) {
        keys.define(
                        TextFormat.CHARSET,
                        ConfigDef.Type.STRING,
                        "UTF-8",
                        new ValidCharset(),
                        Importance.MEDIUM,
                        "The charset of the files. A byte order mark at the start of a file is no part of its text; a"
                                + " file with that of another charset is rejected.")
                .define(
                        DELIMITER,
                        ConfigDef.Type.STRING,
                        ",",
                        ValidString.in(DELIMITERS.keySet().stream().sorted().toArray(String[]::new)),
                        Importance.MEDIUM,
                        "What stands between the fields of a row: a comma, a semicolon, a vertical bar, or the word tab.");
    }

    @Override
    public Opener opener(FileSourceConfig config) {
        FileCharset declared = FileCharset.of(config.getString(TextFormat.CHARSET));
        char delimiter = DELIMITERS.getOrDefault(config.getString(DELIMITER), ',');
        int maxBytes = config.maxRecordBytes();
        String key = config.keyField();
        if (CsvSigns.of(declared.unmarked(), delimiter).isEmpty()) {
            throw new ConfigException(
                    DELIMITER,
                    config.getString(DELIMITER),
                    "cannot be told from parts of other characters in " + TextFormat.CHARSET + "=" + declared.name()
                            + ". Convert the files to UTF-8 first.");
        }
        return (input, from) -> {
            try {
                FileCharset.Detected detected = declared.detect(input);
                CsvSigns signs = CsvSigns.of(detected.charset(), delimiter).orElseThrow();
                return open(input, from, detected, signs, maxBytes, key);
            } catch (FileCharset.OtherCharsetException e) {
                return e.reader();
            }
        };
    }

    private static RecordReader open(
            FileInput input,
            Position from,
            FileCharset.Detected detected,
            CsvSigns signs,
            int maxBytes,
            String keyColumn)
            throws IOException {
        input.seek(detected.markBytes());
        if (input.atEnd()) {
            return () -> input.settled() ? ReadResult.End.COMPLETE : ReadResult.End.UNFINISHED;
        }
        StrictDecoder decoder = new StrictDecoder(detected.charset());
        CsvRow header = new CsvRow(signs, decoder, maxBytes, MOST_COLUMNS);
        CsvRow.End end = header.read(input);
        if (end != CsvRow.End.LINE && !input.settled()) {
            return () -> ReadResult.End.UNFINISHED;
        }
        if (end == CsvRow.End.FILE_IN_QUOTES) {
            return broken(CsvReader.UNCLOSED);
        }
        List<String> columns = new ArrayList<>();
        String fault = columns(header, columns);
        if (fault != null) {
            return broken(fault);
        }
        int key = columns.indexOf(keyColumn);
        if (key < 0 && !keyColumn.isEmpty()) {
            return broken("the header line names no column " + keyColumn
                    + ", which key names. Correct key, or remove it for records without keys");
        }
        if (end == CsvRow.End.FILE) {
            return () -> ReadResult.End.COMPLETE; // no row yet, and the line end of the header may still follow
        }
        Position behind = Position.of(detected.markBytes() + header.bytes(), header.lines());
        Position start = from.bytes() < behind.bytes() ? behind : from;
        CsvRow row = new CsvRow(signs, decoder, maxBytes, columns.size());
        return new CsvReader(input, start, row, columns, key, header.bytes(), maxBytes);
    }

    /** Reads the names from the header line; returns what is wrong with it, or null if it is valid. */
    private static @Nullable String columns(CsvRow header, List<String> columns) {
        String fault = header.fault();
        if (fault != null) {
            return fault;
        }
        if (header.isBlank()) {
            return "the first line is empty. It must name the columns";
        }
        if (header.fields() > MOST_COLUMNS) {
            return "the header line names " + header.fields() + " columns. At most " + MOST_COLUMNS + " can be read";
        }
        Set<String> names = new HashSet<>();
        for (int i = 0; i < header.fields(); i++) {
            try {
                columns.add(header.field(i));
            } catch (CharacterCodingException e) {
                return "field " + (i + 1) + " of the header line is not text in the charset: " + e.getMessage()
                        + ". Set charset to what the file is written in, or repair the file";
            }
            if (!names.add(columns.get(i))) {
                return "column " + (i + 1) + " has the same name as column "
                        + (columns.indexOf(columns.get(i)) + 1)
                        + " in the header line, and a JSON object can have it only once. Rename one of them";
            }
        }
        return null;
    }

    private static RecordReader broken(String reason) {
        return () -> new ReadResult.Broken("line 1", reason);
    }

    /** Checks {@code charset}. */
    private static final class ValidCharset implements ConfigDef.Validator {
        private final ConfigDef.Validator text = new FileCharset.Valid();

        @Override
        public void ensureValid(String key, @Nullable Object value) {
            text.ensureValid(key, value);
            Charset charset = FileCharset.of(String.valueOf(value)).unmarked();
            if (CsvSigns.of(charset, ',').isEmpty()) {
                throw new ConfigException(
                        key,
                        value,
                        "has no quotation marks and commas that can be found before decoding. Convert the files to UTF-8"
                                + " first.");
            }
        }

        @Override
        public String toString() {
            return text.toString();
        }
    }
}
