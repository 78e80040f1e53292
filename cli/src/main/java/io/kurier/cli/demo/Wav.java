// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli.demo;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.IntToDoubleFunction;

/**
 * A sound file: 16-bit PCM in the RIFF form of Microsoft and IBM, "Multimedia Programming Interface and Data
 * Specifications 1.0".
 *
 * @param samplesPerSecond the sampling rate
 * @param channels 1 or 2, which have the same samples
 * @param samples the number of samples of a channel
 */
record Wav(int samplesPerSecond, int channels, int samples) {
    private static final int BYTES_PER_SAMPLE = 2;
    private static final int HEADER_BYTES = 44;
    private static final short PCM = 1;

    /** Writes it; {@code wave} returns the sample at an index, from -1 to 1. */
    void write(Path file, IntToDoubleFunction wave) throws IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            out.write(header());
            ByteBuffer sample = ByteBuffer.allocate(channels * BYTES_PER_SAMPLE).order(ByteOrder.LITTLE_ENDIAN);
            for (int index = 0; index < samples; index++) {
                short level = (short) Math.round(Short.MAX_VALUE * wave.applyAsDouble(index));
                for (int channel = 0; channel < channels; channel++) {
                    sample.putShort(channel * BYTES_PER_SAMPLE, level);
                }
                out.write(sample.array());
            }
        }
    }

    private byte[] header() {
        int frame = channels * BYTES_PER_SAMPLE;
        int content = samples * frame;
        return ByteBuffer.allocate(HEADER_BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put("RIFF".getBytes(US_ASCII))
                .putInt(HEADER_BYTES - 8 + content)
                .put("WAVEfmt ".getBytes(US_ASCII))
                .putInt(16)
                .putShort(PCM)
                .putShort((short) channels)
                .putInt(samplesPerSecond)
                .putInt(samplesPerSecond * frame)
                .putShort((short) frame)
                .putShort((short) (BYTES_PER_SAMPLE * 8))
                .put("data".getBytes(US_ASCII))
                .putInt(content)
                .array();
    }
}
