// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.text;

import io.kurier.plugins.files.FileFormat;
import io.kurier.plugins.files.FileInput;
import io.kurier.plugins.files.FileSourceConfig;
import io.kurier.plugins.files.LineReader;
import io.kurier.plugins.files.Position;
import io.kurier.plugins.files.ReadResult;
import io.kurier.plugins.files.RecordReader;
import io.kurier.plugins.files.internal.StrictDecoder;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.util.List;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.connect.data.Schema;
import org.jspecify.annotations.Nullable;

/** One record per line, or for lines that belong together: the decoded text without its line end. */
final class TextFormat implements FileFormat {

    static final String CHARSET = "charset";

    @Override
    public String serializer() {
        return "text";
    }

    @Override
    public List<String> include() {
        return List.of("*.txt", "*.log", "*.csv");
    }

    @Override
    public void define(ConfigDef keys) {
        keys.define(
                CHARSET,
                ConfigDef.Type.STRING,
                "UTF-8",
                new FileCharset.Valid(),
                Importance.MEDIUM,
                "The charset of the files. A byte order mark at the start of a file is no part of its text; a file with"
                        + " that of another charset is rejected.");
        Multiline.define(keys);
    }

    @Override
    public Opener opener(FileSourceConfig config) {
        FileCharset charset = FileCharset.of(config.getString(CHARSET));
        int maxBytes = config.maxRecordBytes();
        Multiline multiline = Multiline.of(
                config.getString(Multiline.PATTERN),
                config.getString(Multiline.MATCH),
                config.getInt(Multiline.MAX_LINES));
        return (input, from) -> open(charset, multiline, maxBytes, input, from);
    }

    private static RecordReader open(
            FileCharset declared, @Nullable Multiline multiline, int maxBytes, FileInput input, Position from)
            throws IOException {
        FileCharset.Detected detected;
        try {
            detected = declared.detect(input);
        } catch (FileCharset.OtherCharsetException e) {
            return e.reader();
        }
        Position start = from.bytes() == 0 ? Position.of(detected.markBytes(), 0) : from;
        StrictDecoder decoder = new StrictDecoder(detected.charset());
        RecordReader lines =
                new LineReader(input, start, detected.lineEnds(), maxBytes, (bytes, offset, length, after) -> {
                    try {
                        return ReadResult.Value.of(Schema.STRING_SCHEMA, decoder.decode(bytes, offset, length), after);
                    } catch (CharacterCodingException e) {
                        return ReadResult.Rejected.of("line " + after.line(), reason(declared, e), after);
                    }
                });
        return multiline == null ? lines : new MultilineReader(input, lines, start, multiline, maxBytes);
    }

    private static String reason(FileCharset declared, CharacterCodingException e) {
        return "the line is not text in charset=" + declared.name() + ": " + e.getMessage()
                + ". Set charset to what the file is written in, or repair the file";
    }
}
