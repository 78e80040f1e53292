// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ChunkDigestTest {

    @Test
    void isTheDigestOfAllChunksInTheirOrder() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        MessageDigest expected = MessageDigest.getInstance("SHA-256");
        ChunkDigest digest = new ChunkDigest();
        for (int i = 0; i < 200; i++) {
            byte[] chunk = new byte[random.nextInt(200_000)];
            random.nextBytes(chunk);
            expected.update(chunk);
            digest.update(chunk);
        }
        assertThat(digest.end()).as("seed %d", seed).isEqualTo(HexFormat.of().formatHex(expected.digest()));
    }

    @Test
    void ofNoChunkIsThatOfNoBytes() throws Exception {
        assertThat(new ChunkDigest().end())
                .isEqualTo(HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256").digest()));
    }

    @Test
    void doesNotWaitForOtherTasksOfTheCommonPool() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        try {
            for (int i = 0; i < 2 * ForkJoinPool.getCommonPoolParallelism(); i++) {
                ForkJoinPool.commonPool().execute(() -> {
                    try {
                        release.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                });
            }
            isTheDigestOfAllChunksInTheirOrder();
        } finally {
            release.countDown();
        }
    }

    @Test
    void isCompleteInAnInterruptedThreadWhoseFlagIsKept() throws Exception {
        Thread.currentThread().interrupt();
        isTheDigestOfAllChunksInTheirOrder();
        assertThat(Thread.interrupted()).isTrue();
    }
}
