// SPDX-License-Identifier: Apache-2.0
package io.kurier.benchmarks;

import io.kurier.broker.LocalBroker;
import java.util.concurrent.CountDownLatch;

/** The broker that the runs measure against, in a process of its own so that its garbage and its locks stay there. */
public final class BrokerProcess {
    private BrokerProcess() {}

    /** Starts a broker on a free port, prints its address as {@code broker at HOST:PORT}, and runs until it is ended. */
    public static void main(String[] args) throws InterruptedException {
        LocalBroker broker = start();
        CountDownLatch ended = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            broker.close();
                            ended.countDown();
                        },
                        "broker-shutdown"));
        System.out.println("broker at " + broker.bootstrapServers());
        ended.await();
    }

    /** A broker that deletes old segments soon: a flood writes some GiB a minute. */
    public static LocalBroker start() {
        return LocalBroker.builder()
                .property("log.initial.task.delay.ms", "1000")
                .property("log.retention.check.interval.ms", "1000")
                .start();
    }
}
