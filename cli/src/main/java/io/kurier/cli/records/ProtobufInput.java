// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli.records;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.TypeRegistry;
import com.google.protobuf.util.JsonFormat;
import io.kurier.Printable;

/** Makes messages of a Protobuf type from Protobuf's JSON mapping. Safe for use by any number of threads. */
public final class ProtobufInput {
    private static final String UNKNOWN_FIELD = "Cannot find field: ";

    private final Descriptor type;
    private final JsonFormat.Parser parser;

    /** Creates it for messages of a type. */
    public ProtobufInput(Descriptor type) {
        this.type = type;
        this.parser = JsonFormat.parser()
                .usingTypeRegistry(TypeRegistry.newBuilder().add(type).build());
    }

    /**
     * Returns the message.
     *
     * @throws UnfitException if the JSON does not fit the type; the message shows names and no value
     */
    public DynamicMessage of(JsonNode json) {
        DynamicMessage.Builder message = DynamicMessage.newBuilder(type);
        try {
            parser.merge(json.toString(), message);
        } catch (InvalidProtocolBufferException | RuntimeException e) { // of Gson, too
            throw new UnfitException("it is not a message " + type.getFullName() + " in Protobuf's JSON mapping"
                    + reason(String.valueOf(e.getMessage())));
        }
        if (!message.isInitialized()) {
            throw new UnfitException("the message " + type.getFullName() + " lacks required fields: "
                    + String.join(", ", message.findInitializationErrors()));
        }
        return message.build();
    }

    /** Returns the part of a parser's message that has no value: it names a field, or stops before what it quotes. */
    private static String reason(String message) {
        if (message.startsWith(UNKNOWN_FIELD)) {
            return ": there is no field "
                    + Printable.brief(message.substring(UNKNOWN_FIELD.length()).replace(" in message ", " in "));
        }
        String words = message.split("[:\"']", 2)[0].strip();
        return words.matches("[A-Za-z0-9 ,.]+") ? " (" + words + ")" : "";
    }
}
