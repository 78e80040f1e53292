// SPDX-License-Identifier: Apache-2.0
package io.kurier.promises;

import io.kurier.broker.BrokerCluster;
import io.kurier.broker.BrokerProcess;
import java.util.List;
import java.util.Random;

/** The ways in which {@link ClusterKillTest} takes brokers of three away and brings them back. */
enum Outage {
    /** A broker is killed. */
    KILL {
        @Override
        void happen(BrokerCluster cluster, Random random, Runnable meanwhile) {
            killed(any(cluster, random), meanwhile);
        }
    },
    /** The broker with the active controller is killed. */
    KILL_CONTROLLER {
        @Override
        void happen(BrokerCluster cluster, Random random, Runnable meanwhile) {
            killed(cluster.activeController(), meanwhile);
        }
    },
    /** A broker is stopped, by SIGSTOP, and continued: it comes back with the leaderships and requests that it had. */
    STOP {
        @Override
        void happen(BrokerCluster cluster, Random random, Runnable meanwhile) {
            stopped(any(cluster, random), meanwhile);
        }
    },
    /** One broker is stopped and another one killed: neither a quorum of controllers nor enough replicas are left. */
    STOP_AND_KILL {
        @Override
        void happen(BrokerCluster cluster, Random random, Runnable meanwhile) {
            BrokerProcess first = any(cluster, random);
            List<BrokerProcess> others =
                    cluster.brokers().stream().filter(one -> one != first).toList();
            BrokerProcess second = others.get(random.nextInt(others.size()));
            second.kill();
            stopped(first, meanwhile);
            second.restart();
        }
    };

    /** Takes brokers away, runs the given action, and brings them back. */
    abstract void happen(BrokerCluster cluster, Random random, Runnable meanwhile);

    private static BrokerProcess any(BrokerCluster cluster, Random random) {
        return cluster.brokers().get(random.nextInt(cluster.brokers().size()));
    }

    private static void killed(BrokerProcess broker, Runnable meanwhile) {
        broker.kill();
        meanwhile.run();
        broker.restart();
    }

    private static void stopped(BrokerProcess broker, Runnable meanwhile) {
        broker.pause();
        meanwhile.run();
        broker.resume();
    }
}
