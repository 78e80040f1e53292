// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli.demo;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Timestamp;
import com.google.protobuf.TimestampProto;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import org.apache.avro.Schema;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;

/** Makes the files of {@code samples/data} that are not text; {@link DemoDataTest} holds those against it. */
final class SampleData {
    static final Wav CHIME = new Wav(22_050, 1, 33_075);

    private static final long SEED = 20_261_122;
    private static final long START_SECONDS = 1_795_305_600; // 2026-11-22T00:00:00Z
    private static final byte[] SYNC_MARKER = "kurier's example".getBytes(US_ASCII);

    private static final Schema READING = new Schema.Parser().parse("""
                    {"type": "record", "name": "Reading", "namespace": "com.example.cold",
                     "doc": "The temperature in a truck that carries food.",
                     "fields": [
                       {"name": "truck", "type": "string"},
                       {"name": "taken", "type": {"type": "long", "logicalType": "timestamp-millis"}},
                       {"name": "celsius", "type": "double"},
                       {"name": "doorOpen", "type": "boolean"},
                       {"name": "stop", "type": ["null", "string"], "default": null}]}
                    """);

    private SampleData() {}

    /** Writes the files to the folder that is the only argument. */
    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        try (DataFileWriter<GenericRecord> avro = new DataFileWriter<>(new GenericDatumWriter<>(READING))) {
            avro.setCodec(CodecFactory.deflateCodec(9));
            avro.create(READING, Files.newOutputStream(folder.resolve("temperatures.avro")), SYNC_MARKER);
            for (GenericRecord reading : readings()) {
                avro.append(reading);
            }
        }
        try (OutputStream protobuf = Files.newOutputStream(folder.resolve("payments.pb"))) {
            for (DynamicMessage payment : payments()) {
                payment.writeDelimitedTo(protobuf);
            }
        }
        Files.write(folder.resolve("payments.desc"), descriptors().toByteArray());
        ImageIO.write(parcel(), "png", folder.resolve("parcel.png").toFile());
        CHIME.write(folder.resolve("chime.wav"), SampleData::chime);
    }

    static List<GenericRecord> readings() {
        Random random = new Random(SEED);
        List<GenericRecord> readings = new ArrayList<>();
        for (int number = 0; number < 1_200; number++) {
            boolean open = random.nextInt(12) == 0;
            GenericRecord reading = new GenericData.Record(READING);
            reading.put("truck", "truck-" + (number % 8 + 1));
            reading.put("taken", START_SECONDS * 1_000 + number / 8 * 60_000L + random.nextInt(5_000));
            reading.put("celsius", Math.round(10 * ((open ? 6 : 3) + random.nextGaussian())) / 10.0);
            reading.put("doorOpen", open);
            reading.put("stop", open ? "store-" + (random.nextInt(6) + 1) : null);
            readings.add(reading);
        }
        return readings;
    }

    /** What protoc writes with {@code --include_imports --descriptor_set_out} for a message with these fields. */
    static FileDescriptorSet descriptors() {
        FieldDescriptorProto.Builder paidAt =
                field("paid_at", 4, FieldDescriptorProto.Type.TYPE_MESSAGE).setTypeName(".google.protobuf.Timestamp");
        FileDescriptorProto payment = FileDescriptorProto.newBuilder()
                .setName("payment.proto")
                .setPackage("com.example.payments")
                .setSyntax("proto3")
                .addDependency("google/protobuf/timestamp.proto")
                .addMessageType(DescriptorProto.newBuilder()
                        .setName("Payment")
                        .addField(field("id", 1, FieldDescriptorProto.Type.TYPE_STRING))
                        .addField(field("currency", 2, FieldDescriptorProto.Type.TYPE_STRING))
                        .addField(field("cents", 3, FieldDescriptorProto.Type.TYPE_INT64))
                        .addField(paidAt))
                .build();
        return FileDescriptorSet.newBuilder()
                .addFile(TimestampProto.getDescriptor().toProto())
                .addFile(payment)
                .build();
    }

    private static FieldDescriptorProto.Builder field(String name, int number, FieldDescriptorProto.Type type) {
        return FieldDescriptorProto.newBuilder()
                .setName(name)
                .setNumber(number)
                .setType(type)
                .setLabel(FieldDescriptorProto.Label.LABEL_OPTIONAL);
    }

    static List<DynamicMessage> payments() throws DescriptorValidationException {
        FileDescriptor[] imports = {TimestampProto.getDescriptor()};
        Descriptor type =
                FileDescriptor.buildFrom(descriptors().getFile(1), imports).findMessageTypeByName("Payment");
        Random random = new Random(SEED);
        List<DynamicMessage> payments = new ArrayList<>();
        for (int number = 1; number <= 800; number++) {
            long seconds = START_SECONDS + number * 97L;
            payments.add(DynamicMessage.newBuilder(type)
                    .setField(type.findFieldByName("id"), String.format("P-%05d", number))
                    .setField(type.findFieldByName("currency"), random.nextInt(4) == 0 ? "CHF" : "EUR")
                    .setField(type.findFieldByName("cents"), 100L + random.nextInt(20_000))
                    .setField(
                            type.findFieldByName("paid_at"),
                            Timestamp.newBuilder().setSeconds(seconds).build())
                    .build());
        }
        return payments;
    }

    /** A parcel with a ribbon. */
    static BufferedImage parcel() {
        BufferedImage picture = new BufferedImage(240, 180, BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = picture.createGraphics();
        Random random = new Random(SEED);
        for (int y = 0; y < picture.getHeight(); y++) {
            int blue = 200 + y / 4;
            pen.setColor(new Color(180 + random.nextInt(8), 210 + random.nextInt(8), blue));
            pen.drawLine(0, y, picture.getWidth(), y);
        }
        pen.setColor(new Color(176, 124, 72));
        pen.fillRect(50, 60, 140, 90);
        pen.setColor(new Color(196, 148, 96));
        pen.fillPolygon(new int[] {50, 75, 215, 190}, new int[] {60, 40, 40, 60}, 4);
        pen.setColor(new Color(150, 100, 56));
        pen.fillPolygon(new int[] {190, 215, 215, 190}, new int[] {60, 40, 130, 150}, 4);
        pen.setColor(new Color(190, 40, 50));
        pen.fillRect(112, 60, 16, 90);
        pen.fillPolygon(new int[] {112, 137, 153, 128}, new int[] {60, 40, 40, 60}, 4);
        pen.dispose();
        return picture;
    }

    /** Two tones that fade. */
    private static double chime(int sample) {
        double seconds = (double) sample / CHIME.samplesPerSecond();
        double first = Math.exp(-4 * seconds) * Math.sin(2 * Math.PI * 880 * seconds);
        double later = seconds - 0.4;
        double second = later < 0 ? 0 : Math.exp(-4 * later) * Math.sin(2 * Math.PI * 659.25 * later);
        return 0.4 * (first + second);
    }
}
