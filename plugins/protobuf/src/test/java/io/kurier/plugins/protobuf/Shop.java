// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.protobuf;

import com.google.protobuf.ByteString;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import io.kurier.plugins.files.ConnectorRun;
import io.kurier.plugins.protobuf.shop.Customer;
import io.kurier.plugins.protobuf.shop.LineItem;
import io.kurier.plugins.protobuf.shop.Order;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.connect.source.SourceRecord;

/** A folder with files of messages, and the connector that reads it. */
record Shop(Path folder) {

    static Order order(int number) {
        return Order.newBuilder()
                .setId("order-" + number)
                .setCustomer(Customer.newBuilder().setName("Zoë"))
                .addItems(LineItem.newBuilder().setSku("sku" + number).setCount(number))
                .setPlaced(Timestamp.newBuilder().setSeconds(1_700_000_000L + number))
                .putGifts("g", LineItem.newBuilder().setSku("ribbon").build())
                .build();
    }

    static byte[] delimited(List<? extends Message> messages) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (Message message : messages) {
            message.writeDelimitedTo(bytes);
        }
        return bytes.toByteArray();
    }

    /** The set as protoc writes it with the imports. */
    static byte[] set(FileDescriptor file) {
        FileDescriptorSet.Builder set = FileDescriptorSet.newBuilder();
        Set<FileDescriptor> files = new LinkedHashSet<>();
        collect(file, files);
        files.forEach(each -> set.addFile(each.toProto()));
        return set.build().toByteArray();
    }

    private static void collect(FileDescriptor file, Set<FileDescriptor> files) {
        file.getDependencies().forEach(each -> collect(each, files));
        files.add(file);
    }

    Path write(String name, byte[] content) throws IOException {
        return Files.write(folder.resolve(name), content);
    }

    Path write(String name, Message... messages) throws IOException {
        return write(name, delimited(List.of(messages)));
    }

    ConnectorRun start(Map<String, String> properties) {
        return start(properties, List.of());
    }

    /** Starts with the offsets that were stored after some records. */
    ConnectorRun start(Map<String, String> properties, List<SourceRecord> published) {
        Map<String, String> all = new HashMap<>(Map.of("path", folder.toString()));
        all.putAll(properties);
        return ConnectorRun.start(new ProtobufSourceConnector(), all, ConnectorRun.offsetsOf(published), 1, 0);
    }

    /** The bytes of what was published, which are all that two copies of a message type have in common. */
    static List<ByteString> bytes(List<SourceRecord> records) {
        return records.stream()
                .map(record -> ((Message) record.value()).toByteString())
                .toList();
    }

    static List<ByteString> bytesOf(List<? extends Message> messages) {
        return messages.stream().map(message -> message.toByteString()).toList();
    }
}
