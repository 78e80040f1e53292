// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.protobuf;

import io.kurier.plugins.files.FileFormat;
import io.kurier.plugins.files.FileSourceConfig;
import io.kurier.plugins.files.ReadResult;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.CaseInsensitiveValidString;
import org.apache.kafka.common.config.ConfigDef.Importance;

/** One record per message, which follows its length or is alone in its file; a dynamic message without schema. */
final class ProtobufFormat implements FileFormat {

    static final String LAYOUT = "layout";
    static final String MESSAGE = "message";
    static final String UNKNOWN_FIELDS = "unknown.fields";

    private static final String DELIMITED = "delimited";
    private static final String SINGLE = "single";
    private static final String REJECT = "reject";
    private static final String KEEP = "keep";

    @Override
    public String serializer() {
        return "protobuf";
    }

    @Override
    public List<String> include() {
        return List.of("*.pb");
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
                        DELIMITED,
                        CaseInsensitiveValidString.in(DELIMITED, SINGLE),
                        Importance.MEDIUM,
                        "How the messages lie in a file. delimited: each behind its length, as writeDelimitedTo writes"
                                + " them. single: a file is one message without a length, as writeTo writes it; it is"
                                + " read when it has not changed for scan.interval.ms.")
                .define(
                        MessageSource.DESCRIPTOR,
                        ConfigDef.Type.STRING,
                        "",
                        Importance.MEDIUM,
                        "The descriptor set for all files, as protoc --include_imports --descriptor_set_out=FILE writes"
                                + " it: a path, or classpath: and a resource. Without it each file has its own beside it,"
                                + " of the same name with .desc instead of .pb.")
                .define(
                        MESSAGE,
                        ConfigDef.Type.STRING,
                        "",
                        Importance.MEDIUM,
                        "The full name of the message type. May be left out if the descriptor set has only one that is no"
                                + " part of another, or one that is named like the file.")
                .define(
                        UNKNOWN_FIELDS,
                        ConfigDef.Type.STRING,
                        REJECT,
                        CaseInsensitiveValidString.in(REJECT, KEEP),
                        Importance.MEDIUM,
                        "What becomes of a message with fields that the descriptor does not declare. reject: it is not"
                                + " published, because the descriptor is likely another message's or too old. keep: it is"
                                + " published with them.");
    }

    @Override
    public Opener opener(FileSourceConfig config) {
        MessageSource source = new MessageSource(
                config.getString(MessageSource.DESCRIPTOR).strip(),
                config.getString(MESSAGE).strip(),
                config.keyField(),
                config.getString(UNKNOWN_FIELDS).toLowerCase(Locale.ROOT).equals(KEEP));
        int maxBytes = config.maxRecordBytes();
        boolean single = config.getString(LAYOUT).toLowerCase(Locale.ROOT).equals(SINGLE);
        return (input, from) -> {
            if (input.size() == from.bytes() && !(single && input.size() == 0)) {
                return () -> ReadResult.End.COMPLETE;
            }
            try {
                Messages messages = source.messagesOf(input);
                return single
                        ? new SingleReader(input, from, maxBytes, messages)
                        : new DelimitedReader(input, from, maxBytes, messages);
            } catch (IOException e) {
                if (input.settled()) {
                    throw e;
                }
                // Both files may still be arriving; a file that is missing when they have settled is reported.
                return () -> ReadResult.End.UNFINISHED;
            }
        };
    }
}
