// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.protobuf;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import io.kurier.plugins.files.FileInput;
import io.kurier.plugins.files.FileSourceConfig;
import io.kurier.serializers.internal.SchemaFile;
import io.kurier.serializers.protobuf.internal.DescriptorSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/** Determines the message type of a file: from the descriptor set for all files, or from the one beside the file. */
final class MessageSource {
    static final String DESCRIPTOR = "descriptor";

    private static final String ENDING = ".desc";

    private final @Nullable DescriptorSet forAll;
    private final String message;
    private final String keyField;
    private final boolean keepUnknown;

    /**
     * Creates a source from the connector's keys; an empty one is not set.
     *
     * @throws ConfigException if the set for all files cannot be used, or lacks the message or the key field
     */
    MessageSource(String descriptor, String message, String keyField, boolean keepUnknown) {
        this.forAll = descriptor.isEmpty() ? null : DescriptorSet.load(DESCRIPTOR, descriptor);
        this.message = message;
        this.keyField = keyField;
        this.keepUnknown = keepUnknown;
        if (forAll != null && !message.isEmpty()) {
            messages(forAll, "");
        }
    }

    /**
     * Returns how to read the messages of a file.
     *
     * @throws IOException if that cannot be determined at present. The descriptor set may come later or be replaced,
     *     which does not change the file itself, so this is to be retried as a problem of access is
     */
    Messages messagesOf(FileInput input) throws IOException {
        Path file = input.path();
        String name = input.name();
        int dot = name.lastIndexOf('.');
        String base = dot > 0 ? name.substring(0, dot) : name;
        String origin = forAll == null ? base + ENDING : "the descriptor set of the key descriptor";
        try {
            return messages(forAll == null ? beside(file, base) : forAll, base);
        } catch (ConfigException e) {
            throw new IOException(origin + ": " + e.getMessage(), e);
        }
    }

    private Messages messages(DescriptorSet set, String hint) {
        Descriptor type = message.isEmpty() ? set.obvious(hint) : set.message(message);
        return new Messages(type, set.extensions(), keyField.isEmpty() ? null : keyOf(type), keepUnknown);
    }

    private FieldDescriptor keyOf(Descriptor type) {
        FieldDescriptor field = type.findFieldByName(keyField);
        if (field == null || !MessageKey.isPossible(field)) {
            throw new ConfigException(
                    FileSourceConfig.KEY,
                    "field:" + keyField,
                    "the message type " + type.getFullName()
                            + " has no field of that name that can be a key: a string, a number, a boolean or an enum,"
                            + " not repeated. It has " + possibleKeys(type));
        }
        return field;
    }

    private static String possibleKeys(Descriptor type) {
        String names = type.getFields().stream()
                .filter(MessageKey::isPossible)
                .map(FieldDescriptor::getName)
                .reduce((one, other) -> one + ", " + other)
                .orElse("");
        return names.isEmpty() ? "none" : names;
    }

    private static DescriptorSet beside(Path file, String base) throws IOException {
        Path descriptor = file.resolveSibling(base + ENDING);
        Path inCapitals = file.resolveSibling(base + ENDING.toUpperCase(Locale.ROOT));
        if (!Files.exists(descriptor) && Files.exists(inCapitals)) {
            descriptor = inCapitals;
        }
        if (!Files.exists(descriptor)) {
            throw new IOException("there is no descriptor set " + descriptor.getFileName()
                    + " beside it, without which its messages cannot be read. Make one from the .proto file:"
                    + " protoc --include_imports --descriptor_set_out=" + descriptor.getFileName()
                    + " NAME.proto, or set the key descriptor for all files");
        }
        return DescriptorSet.parse(SchemaFile.read(DESCRIPTOR, descriptor.toString()));
    }
}
