// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.protobuf;

import com.google.protobuf.Descriptors.Descriptor;
import io.kurier.spi.PayloadSchema;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;

/** A message type as a framing sees it. */
record ProtobufSchema(Descriptor nativeSchema) implements PayloadSchema {

    @Override
    public String format() {
        return ProtobufFormat.NAME;
    }

    @Override
    public String fullName() {
        return nativeSchema.getFullName();
    }

    @Override
    public String text() {
        return Base64.getEncoder()
                .encodeToString(nativeSchema.getFile().toProto().toByteArray());
    }

    @Override
    public List<Integer> messageIndexes() {
        List<Integer> path = new ArrayList<>();
        for (Descriptor each = nativeSchema; each != null; each = each.getContainingType()) {
            path.add(index(each));
        }
        Collections.reverse(path);
        return List.copyOf(path);
    }

    /**
     * Returns how many messages are declared before one in its parent. A descriptor also has a message for each map
     * field before it, which the text of a {@code .proto} file does not declare.
     */
    private static int index(Descriptor message) {
        Descriptor parent = message.getContainingType();
        List<Descriptor> siblings = parent == null ? message.getFile().getMessageTypes() : parent.getNestedTypes();
        return (int) siblings.subList(0, message.getIndex()).stream()
                .filter(before -> !before.getOptions().getMapEntry())
                .count();
    }
}
