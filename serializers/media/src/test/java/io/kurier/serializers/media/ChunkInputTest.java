// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChunkInputTest {
    private static final int CHUNK = 50_000;

    /** A stream that records how many bytes each read requests. */
    private static final class Requests extends FilterInputStream {
        private final List<Integer> lengths = new ArrayList<>();
        private final int reported;
        private int count;

        /** Reports the given number of bytes at its start, and less with each byte. */
        Requests(byte[] bytes, int reported) {
            super(new ByteArrayInputStream(bytes));
            this.reported = reported;
        }

        @Override
        public int read() throws IOException {
            lengths.add(1);
            count++;
            return super.read();
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (length > 0) {
                lengths.add(length);
            }
            int read = super.read(target, offset, length);
            count += Math.max(0, read);
            return read;
        }

        @Override
        public int available() {
            return Math.max(0, reported - count);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 8_191, 8_192, 8_193, 20_000, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 3 * CHUNK - 1})
    void returnsAllBytesWhateverTheStreamReports(int size) throws IOException {
        byte[] bytes = BlobChunksTest.bytes(size);
        for (int reported : new int[] {0, 1, size, size + 5, Integer.MAX_VALUE}) {
            List<byte[]> chunks = all(new Requests(bytes, reported));
            byte[] joined = new byte[size];
            int next = 0;
            for (byte[] chunk : chunks) {
                System.arraycopy(chunk, 0, joined, next, chunk.length);
                next += chunk.length;
            }
            assertThat(Arrays.equals(joined, bytes)).as("%d reported", reported).isTrue();
            assertThat(chunks).hasSize(Math.max(1, (size + CHUNK - 1) / CHUNK));
        }
    }

    @Test
    void readsChunksInOneCallEachAndOneByteAheadOnlyAtTheStartAndTheEnd() throws IOException {
        Requests stream = new Requests(BlobChunksTest.bytes(4 * CHUNK), 4 * CHUNK);

        assertThat(all(stream)).hasSize(4);

        assertThat(stream.lengths).containsExactly(CHUNK, 1, CHUNK - 1, CHUNK, CHUNK, 1);
    }

    @Test
    void readsASmallContentWhoseSizeIsReportedIntoAnArrayOfThatSize() throws IOException {
        Requests stream = new Requests(BlobChunksTest.bytes(20_000), 20_000);

        assertThat(all(stream)).hasSize(1);

        assertThat(stream.lengths).containsExactly(20_000, 1);
    }

    private static List<byte[]> all(InputStream stream) throws IOException {
        List<byte[]> chunks = new ArrayList<>();
        try (ChunkInput input = new ChunkInput(stream, CHUNK)) {
            chunks.add(input.first());
            for (byte[] chunk = input.next(); chunk != null; chunk = input.next()) {
                chunks.add(chunk);
            }
            assertThat(input.hasEnded()).isTrue();
        }
        return chunks;
    }
}
