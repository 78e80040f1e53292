// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.protobuf;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.ExtensionRegistry;
import com.google.protobuf.InvalidProtocolBufferException;
import io.kurier.plugins.files.Position;
import io.kurier.plugins.files.ReadResult;
import io.kurier.serializers.protobuf.internal.MissingFields;
import java.util.List;
import org.apache.kafka.connect.data.Schema;
import org.jspecify.annotations.Nullable;

/** Makes records from the messages of one type, or returns why not as text that shows nothing of them. */
final class Messages {

    private final Descriptor type;
    private final ExtensionRegistry extensions;
    private final @Nullable FieldDescriptor key;
    private final boolean keepUnknown;
    private final StrictStrings strings;

    /**
     * Creates the reader of a type's messages.
     *
     * @param key the field that becomes the key of a record; null for records without keys
     * @param keepUnknown whether fields that the type does not declare are published too
     */
    Messages(Descriptor type, ExtensionRegistry extensions, @Nullable FieldDescriptor key, boolean keepUnknown) {
        this.type = type;
        this.extensions = extensions;
        this.key = key;
        this.keepUnknown = keepUnknown;
        this.strings = new StrictStrings(type, extensions);
    }

    /**
     * Returns the message in the bytes; required fields may be missing.
     *
     * @throws InvalidProtocolBufferException if the bytes are not a message of the type, or a string in them is not
     *     UTF-8
     */
    DynamicMessage parse(byte[] bytes) throws InvalidProtocolBufferException {
        DynamicMessage message =
                DynamicMessage.newBuilder(type).mergeFrom(bytes, extensions).buildPartial();
        strings.check(message, bytes);
        return message;
    }

    /** Returns why {@link #parse} failed: Protobuf's own messages are constant texts. */
    String reason(InvalidProtocolBufferException e) {
        return "it is no message of the type " + type.getFullName() + ", or it is damaged: " + e.getMessage();
    }

    /** Returns the record of a message, or why there is none. */
    ReadResult record(DynamicMessage message, String where, Position after) {
        String undeclared = keepUnknown ? null : UnknownFields.firstIn(message);
        if (undeclared != null) {
            return ReadResult.Rejected.of(where, undeclared, after);
        }
        if (!message.isInitialized()) {
            return ReadResult.Rejected.of(
                    where,
                    "the message of the type " + type.getFullName() + " lacks the required fields "
                            + MissingFields.in(message),
                    after);
        }
        String text = key == null ? null : MessageKey.of(message, key);
        return text == null
                ? ReadResult.Value.of(null, message, after)
                : new ReadResult.Value(Schema.STRING_SCHEMA, text, null, message, List.of(), after);
    }
}
