// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.framings;

import com.google.protobuf.ByteString;
import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Descriptors that protoc did not write. */
final class Protos {
    private Protos() {}

    static FileDescriptorProto shop() {
        try {
            FileDescriptorSet set = FileDescriptorSet.parseFrom(Files.readAllBytes(Folder.SHOP));
            return set.getFile(set.getFileCount() - 1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same messages in the reverse order. */
    static byte[] reordered(FileDescriptorProto file) {
        List<DescriptorProto> messages = new ArrayList<>(file.getMessageTypeList());
        Collections.reverse(messages);
        return file.toBuilder()
                .clearMessageType()
                .addAllMessageType(messages)
                .build()
                .toByteArray();
    }

    static byte[] set(byte[]... files) {
        FileDescriptorSet.Builder set = FileDescriptorSet.newBuilder();
        try {
            for (byte[] file : files) {
                set.addFile(FileDescriptorProto.parseFrom(ByteString.copyFrom(file)));
            }
        } catch (InvalidProtocolBufferException e) {
            throw new UncheckedIOException(e);
        }
        return set.build().toByteArray();
    }
}
