// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host.internal.records;

import io.kurier.plugins.host.internal.plugins.ConnectPlugins;
import io.kurier.plugins.host.internal.records.RecordException.Stage;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.connect.errors.RetriableException;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/**
 * Calls transformations and converters as Connect does (KIP-298): with the plugin's class loader, and again after a
 * pause if the exception is retriable. Used by one thread.
 */
final class PluginCalls {
    private static final long FIRST_DELAY_MILLIS = 300;
    private static final int MOST_DOUBLINGS = 30;

    private final ConnectPlugins plugins;
    private final Retries retries;
    private final Pause pause;

    /** Waits. */
    @FunctionalInterface
    interface Pause {
        void millis(long duration) throws InterruptedException;
    }

    /** A method of a plugin. */
    @FunctionalInterface
    interface Call<T extends @Nullable Object> {
        T call();
    }

    PluginCalls(ConnectPlugins plugins, Retries retries, Pause pause) {
        this.plugins = plugins;
        this.retries = retries;
        this.pause = pause;
    }

    /**
     * Returns what the method returns.
     *
     * @param plugin the plugin whose method it is
     * @param record what it works on
     * @throws RecordException if it fails
     * @throws InterruptedException if the thread is interrupted, in the method or in the pause
     */
    <P, T extends @Nullable Object> T call(Stage stage, ConfiguredPlugin<P> plugin, SourceRecord record, Call<T> method)
            throws RecordException, InterruptedException {
        long began = System.nanoTime();
        int doublings = 0;
        while (true) {
            try (ConnectPlugins.Scope ignored = plugins.enter(plugin.object())) {
                return method.call();
            } catch (RetriableException e) {
                long left = left(began);
                if (left <= 0) {
                    throw failed(stage, plugin, record, e);
                }
                pause.millis(Math.min(left, delay(doublings)));
                doublings = Math.min(doublings + 1, MOST_DOUBLINGS);
            } catch (InterruptException e) { // a client of Kafka within the plugin
                Thread.interrupted();
                throw interrupted(e);
            } catch (OutOfMemoryError | InternalError e) {
                throw e;
            } catch (Throwable e) { // an Error of the plugin, and what it throws undeclared
                if (e instanceof InterruptedException) {
                    throw interrupted(e);
                }
                throw failed(stage, plugin, record, e);
            }
        }
    }

    /** Returns the time in milliseconds in which the method may be called again. */
    private long left(long began) {
        if (retries.timeoutMillis() < 0) {
            return Long.MAX_VALUE;
        }
        return retries.timeoutMillis() - TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
    }

    private long delay(int doublings) {
        long delay = FIRST_DELAY_MILLIS << doublings;
        long most = retries.maxDelayMillis();
        // the random time keeps many tasks from calling again at the same moment
        return delay <= most
                ? delay
                : most == 0 ? 0 : ThreadLocalRandom.current().nextLong(most);
    }

    private static InterruptedException interrupted(Throwable cause) {
        InterruptedException interrupted = new InterruptedException();
        interrupted.initCause(cause);
        return interrupted;
    }

    private static RecordException failed(
            Stage stage, ConfiguredPlugin<?> plugin, SourceRecord record, Throwable cause) {
        return new RecordException(
                stage,
                plugin.object().getClass(),
                plugin.name() + " failed: " + RecordText.reason(cause, record),
                cause);
    }
}
