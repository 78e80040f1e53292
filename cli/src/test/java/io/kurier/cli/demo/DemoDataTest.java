// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.DynamicMessage;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shipped files are what {@link SampleData} makes, apart from how a library compresses. */
class DemoDataTest {
    @TempDir
    private static Path made;

    private static Path shipped;

    @BeforeAll
    static void unpackAndMake(@TempDir Path folder) throws Exception {
        shipped = DemoData.unpack(folder.resolve("data"));
        SampleData.main(new String[] {made.toString()});
    }

    @Test
    void readings() throws IOException {
        try (DataFileReader<GenericRecord> file =
                new DataFileReader<>(shipped.resolve("temperatures.avro").toFile(), new GenericDatumReader<>())) {
            assertThat(file.getSchema()).isEqualTo(SampleData.readings().get(0).getSchema());
            assertThat((Iterable<GenericRecord>) file)
                    .map(GenericRecord::toString)
                    .isEqualTo(SampleData.readings().stream()
                            .map(GenericRecord::toString)
                            .toList());
        }
    }

    @Test
    void payments() throws Exception {
        List<DynamicMessage> payments = SampleData.payments();
        try (InputStream file = Files.newInputStream(shipped.resolve("payments.pb"))) {
            for (DynamicMessage payment : payments) {
                DynamicMessage.Builder read = DynamicMessage.newBuilder(payment.getDescriptorForType());
                assertThat(read.mergeDelimitedFrom(file)).isTrue();
                assertThat(read.build()).isEqualTo(payment);
            }
            assertThat(file.read()).isEqualTo(-1);
        }
        assertThat(FileDescriptorSet.parseFrom(Files.readAllBytes(shipped.resolve("payments.desc"))))
                .isEqualTo(SampleData.descriptors());
    }

    @Test
    void picture() throws IOException {
        BufferedImage picture = ImageIO.read(shipped.resolve("parcel.png").toFile());
        BufferedImage drawn = SampleData.parcel();
        assertThat(pixels(picture)).isEqualTo(pixels(drawn));
    }

    @Test
    void sounds() {
        assertThat(shipped.resolve("chime.wav")).hasSameBinaryContentAs(made.resolve("chime.wav"));
        assertThat(shipped.resolve("sweep.wav")).hasSize(44 + 60 * 44_100 * 4);
    }

    private static int[] pixels(BufferedImage picture) {
        return picture.getRGB(0, 0, picture.getWidth(), picture.getHeight(), null, 0, picture.getWidth());
    }
}
