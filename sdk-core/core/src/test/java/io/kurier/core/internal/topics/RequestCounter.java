// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.topics;

import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.TreeMap;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/** Counts the requests that the brokers of this JVM receive, by Kafka's own meters. */
final class RequestCounter {
    private static final MBeanServer BEANS = ManagementFactory.getPlatformMBeanServer();

    private RequestCounter() {}

    /** How many requests of each kind came while something was done. */
    static Map<String, Long> during(Runnable work) {
        Map<String, Long> before = counts();
        work.run();
        Map<String, Long> during = counts();
        before.forEach((request, count) -> during.merge(request, -count, Long::sum));
        return during;
    }

    private static Map<String, Long> counts() {
        Map<String, Long> counts = new TreeMap<>();
        try {
            for (ObjectName bean :
                    BEANS.queryNames(new ObjectName("kafka.network:type=RequestMetrics,name=RequestsPerSec,*"), null)) {
                counts.merge(bean.getKeyProperty("request"), (Long) BEANS.getAttribute(bean, "Count"), Long::sum);
            }
        } catch (JMException e) {
            throw new AssertionError(e);
        }
        return counts;
    }
}
