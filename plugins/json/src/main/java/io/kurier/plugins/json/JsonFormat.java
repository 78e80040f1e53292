// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.json;

import io.kurier.plugins.files.ByteOrderMark;
import io.kurier.plugins.files.FileFormat;
import io.kurier.plugins.files.FileSourceConfig;
import io.kurier.plugins.files.Position;
import io.kurier.plugins.files.ReadResult;
import io.kurier.plugins.files.RecordReader;
import java.util.List;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.CaseInsensitiveValidString;
import org.apache.kafka.common.config.ConfigDef.Importance;

/** One record per JSON value, without schema. */
final class JsonFormat implements FileFormat {

    static final String LAYOUT = "layout";
    static final String NUMBERS = "numbers";

    @Override
    public String serializer() {
        return "json";
    }

    @Override
    public List<String> include() {
        return List.of("*.json", "*.jsonl", "*.ndjson");
    }

    @Override
    public Keys keys() {
        return Keys.FIELD;
    }

    @Override
    public void define(ConfigDef keys) {
        keys.define(
                        LAYOUT,
                        ConfigDef.Type.STRING,
                        Layout.AUTO.word(),
                        CaseInsensitiveValidString.in(Layout.words().toArray(new String[0])),
                        Importance.MEDIUM,
                        "How the values lie in a file. lines: one a line, and a broken line spoils no other. values:"
                                + " one after the other or as the elements of one array, over any number of lines."
                                + " auto: lines in *.jsonl and *.ndjson; other files are looked at.")
                .define(
                        NUMBERS,
                        ConfigDef.Type.STRING,
                        Numbers.AUTO.word(),
                        CaseInsensitiveValidString.in(Numbers.words().toArray(new String[0])),
                        Importance.MEDIUM,
                        "What numbers become. exact: whole numbers of any size and BigDecimals with all digits, also"
                                + " zeros at the end. connect: a long or a double, which JsonConverter takes; a number"
                                + " that neither has is rejected. auto: exact in Kurier's host, and on a Connect worker"
                                + " if value.converter of this connector is "
                                + ExactJsonConverter.class.getName() + ", else connect.");
    }

    @Override
    public Opener opener(FileSourceConfig config) {
        ValueParser parser = new ValueParser(Numbers.of(config.getString(NUMBERS), config));
        JsonRecords records = new JsonRecords(config.keyField());
        Layout declared = Layout.of(config.getString(LAYOUT));
        int maxBytes = config.maxRecordBytes();
        return (input, from) -> {
            // RFC 8259, section 8.1: JSON is UTF-8, and parsers may ignore its mark
            ByteOrderMark mark = from.bytes() == 0 ? ByteOrderMark.of(input) : null;
            if (mark != null && !mark.charset().equals("UTF-8")) {
                return () -> new ReadResult.Broken(
                        "",
                        "it begins with the byte order mark of " + mark.family() + ", and JSON is read as UTF-8 only"
                                + " (RFC 8259, section 8.1). Write it as UTF-8");
            }
            Position start = mark == null ? from : Position.of(mark.bytes(), 0);
            Layout layout = declared == Layout.AUTO ? new LayoutDetector(input, start, maxBytes).layout() : declared;
            return switch (layout) {
                case LINES -> new JsonLines(parser, records).reader(input, start, maxBytes);
                case VALUES -> new ValuesReader(input, start, maxBytes, parser, records);
                case AUTO -> undecided();
            };
        };
    }

    /** Too little of the file is written to determine its layout. */
    private static RecordReader undecided() {
        return () -> ReadResult.End.UNFINISHED;
    }
}
