// SPDX-License-Identifier: Apache-2.0
package io.kurier.spi;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The schema of a payload as a {@link Framing} sees it. Formats implement it for the schemas that they write with. A
 * framing that has received a schema from a server passes it to the format by {@link #of}. Immutable.
 */
public interface PayloadSchema {

    /**
     * Returns the name of the format, which is that of its serializer: {@code avro}, {@code protobuf}, {@code json}.
     */
    String format();

    /**
     * Returns the full name of the record or message, such as {@code com.example.Order}, for JSON the schema's title;
     * null if the schema has none.
     */
    @Nullable
    String fullName();

    /**
     * Returns the schema as text, made on each call: an Avro schema in JSON with all its properties; for Protobuf the
     * {@code FileDescriptorProto} of the message's file, in Base64; for JSON the JSON Schema, if one is set. Null if the
     * format has no schema of its own.
     */
    @Nullable
    String text();

    /**
     * Returns the path to a Protobuf message from the top of its file. Each step is the index of the message among the
     * messages of its parent, as a {@code .proto} file declares them: the messages that a descriptor has for the entries
     * of maps are not counted. Empty for other formats.
     */
    default List<Integer> messageIndexes() {
        return List.of();
    }

    /**
     * Returns the files that the Protobuf file of {@link #text} imports, directly and indirectly, by their paths, such
     * as {@code shop/customer.proto}: each a {@code FileDescriptorProto} in Base64. Empty for other formats.
     */
    default Map<String, String> imports() {
        return Map.of();
    }

    /**
     * Returns the object of the format's library: {@code org.apache.avro.Schema}, a Protobuf {@code Descriptor}, the
     * Jackson {@code JavaType} of a JSON value. Null if only the text is known. A framing in a folder of {@code
     * plugin.path} sees the same class only if the format is in that folder too.
     */
    default @Nullable Object nativeSchema() {
        return null;
    }

    /**
     * Returns a schema of which only the text is known.
     *
     * @param format as {@link #format()}
     * @param fullName as {@link #fullName()}
     * @param text for Avro the schema in JSON; other formats read by the types that they have, and ignore it
     */
    static PayloadSchema of(String format, @Nullable String fullName, @Nullable String text) {
        record Text(
                String format,
                @Nullable String fullName,
                @Nullable String text) implements PayloadSchema {}
        return new Text(Objects.requireNonNull(format, "format"), fullName, text);
    }
}
