// SPDX-License-Identifier: Apache-2.0
package io.kurier.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class PluginThreadsTest {

    @Test
    void aCallRunsOnADaemonThreadAndNotOnTheCallers() {
        Thread thread = PluginThreads.call(Thread::currentThread).join();

        assertThat(thread).isNotSameAs(Thread.currentThread());
        assertThat(thread.getName()).startsWith("kurier-plugin-");
        assertThat(thread.isDaemon()).isTrue();
    }

    @Test
    void theContextClassLoaderIsThatOfTheCall() {
        Callable<ClassLoader> call = () -> Thread.currentThread().getContextClassLoader();

        assertThat(PluginThreads.call(call).join())
                .isSameAs(call.getClass().getClassLoader())
                .isNotNull();
    }

    @Test
    void whatACallThrowsCompletesTheFuture() {
        CompletableFuture<Object> failed = PluginThreads.call(() -> {
            throw new IOException("connection refused");
        });

        assertThatThrownBy(() -> failed.get(10, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(IOException.class);
    }

    @Test
    void callsBeyondTheThreadsWait() throws InterruptedException {
        CountDownLatch release = new CountDownLatch(1);
        List<CompletableFuture<String>> calls = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            calls.add(PluginThreads.call(() -> {
                release.await();
                return Thread.currentThread().getName();
            }));
        }
        assertThat(calls).noneMatch(CompletableFuture::isDone);

        release.countDown();

        assertThat(calls.stream().map(CompletableFuture::join).distinct().count())
                .isBetween(1L, 16L);
    }
}
