// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli.top;

import java.io.IOException;
import java.rmi.NotBoundException;
import java.rmi.registry.LocateRegistry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.management.Attribute;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;
import javax.management.remote.rmi.RMIConnection;
import javax.management.remote.rmi.RMIServer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the metrics of the publishers in a JVM by JMX over RMI. Calls of RMI cannot be interrupted, so a thread of its
 * own makes them, which the JVM does not wait for.
 */
public final class JmxSource implements TopSource {
    private static final int LIMIT_SECONDS = 10;
    private static final ObjectName TOPICS = name("kurier:type=publisher-topic-metrics,client-id=*,topic=*");
    private static final ObjectName PRODUCERS = name("kafka.producer:type=producer-metrics,client-id=*");

    /** The row of messages to topics that are not declared, which are rejected. */
    private static final String UNDECLARED = "(undeclared)";

    private static final String AVAILABLE = "buffer-available-bytes";
    private static final String TOTAL = "buffer-total-bytes";
    private static final String[] OF_TOPIC = {
        "message-stored-total",
        "stored-byte-total",
        "time-to-ack-ms-p50",
        "time-to-ack-ms-p99",
        "message-in-flight",
        "message-rejected-total",
        "message-not-stored-total",
        "message-unknown-total"
    };
    private static final String[] OF_PRODUCER = {AVAILABLE, TOTAL};

    private final String address;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
        Thread made = new Thread(task, "kurier-top-jmx");
        made.setDaemon(true);
        return made;
    });
    private @Nullable RMIConnection connection;

    private JmxSource(String address) {
        this.address = address;
    }

    /**
     * Connects to a JVM.
     *
     * @param host the name or address of its JMX agent
     * @param port the port of the agent ({@code com.sun.management.jmxremote.port})
     * @throws TopException if there is none that answers
     */
    public static JmxSource connect(String host, int port) throws InterruptedException {
        JmxSource source = new JmxSource(host + ":" + port);
        try {
            source.connection = source.call(true, () -> connection(host, port));
            return source;
        } catch (Throwable e) {
            source.close();
            throw e;
        }
    }

    /** Asks the agent's registry itself: the URL of an agent is looked up by JNDI, which follows other protocols too. */
    private static RMIConnection connection(String host, int port) throws IOException, NotBoundException {
        RMIServer server = (RMIServer) LocateRegistry.getRegistry(host, port).lookup("jmxrmi");
        return server.newClient(null);
    }

    @Override
    public TopSample read() throws InterruptedException {
        RMIConnection connected = connection;
        if (connected == null) {
            throw new IllegalStateException("not connected");
        }
        return call(false, () -> read(connected));
    }

    private static TopSample read(RMIConnection jvm) throws IOException, JMException {
        List<TopSample.TopicCounts> topics = new ArrayList<>();
        for (ObjectName bean : sorted(jvm.queryNames(TOPICS, null, null))) {
            Map<String, Double> values = values(jvm, bean, OF_TOPIC);
            Long rejected = whole(values.get("message-rejected-total"));
            boolean isUnused = text(bean, "topic").equals(UNDECLARED) && Objects.equals(rejected, 0L);
            if (!values.isEmpty() && !isUnused) {
                topics.add(new TopSample.TopicCounts(
                        text(bean, "topic"),
                        text(bean, "client-id"),
                        values.get("message-stored-total"),
                        values.get("stored-byte-total"),
                        values.get("time-to-ack-ms-p50"),
                        values.get("time-to-ack-ms-p99"),
                        whole(values.get("message-in-flight")),
                        rejected,
                        whole(values.get("message-not-stored-total")),
                        whole(values.get("message-unknown-total"))));
            }
        }
        long nanos = System.nanoTime();
        List<TopSample.Buffer> buffers = new ArrayList<>();
        for (ObjectName bean : sorted(jvm.queryNames(PRODUCERS, null, null))) {
            Map<String, Double> values = values(jvm, bean, OF_PRODUCER);
            Double available = values.get(AVAILABLE);
            Double total = values.get(TOTAL);
            if (available != null && total != null) {
                buffers.add(new TopSample.Buffer(text(bean, "client-id"), available.longValue(), total.longValue()));
            }
        }
        return new TopSample(
                nanos,
                topics,
                buffers,
                topics.isEmpty()
                        ? List.of(
                                "no publisher of Kurier runs in this JVM, or producer.metric.reporters leaves JMX out")
                        : List.of());
    }

    private static Set<ObjectName> sorted(Set<ObjectName> names) {
        return new TreeSet<>(names);
    }

    /** Returns the attributes that are numbers; none if the bean has been removed meanwhile. */
    private static Map<String, Double> values(RMIConnection jvm, ObjectName bean, String... attributes)
            throws IOException, JMException {
        Map<String, Double> values = new HashMap<>();
        try {
            for (Attribute attribute : jvm.getAttributes(bean, attributes, null).asList()) {
                if (attribute.getValue() instanceof Number number && !Double.isNaN(number.doubleValue())) {
                    values.put(attribute.getName(), number.doubleValue());
                }
            }
        } catch (InstanceNotFoundException e) {
            return Map.of();
        }
        return values;
    }

    private static @Nullable Long whole(@Nullable Double value) {
        return value == null ? null : (Long) value.longValue();
    }

    private static String text(ObjectName bean, String key) {
        String value = bean.getKeyProperty(key);
        return value.startsWith("\"") ? ObjectName.unquote(value) : value;
    }

    private static ObjectName name(String text) {
        try {
            return new ObjectName(text);
        } catch (MalformedObjectNameException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    private <T> T call(boolean first, Callable<T> request) throws InterruptedException {
        try {
            return thread.submit(request).get(LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw lost(
                    first,
                    String.valueOf(cause.getMessage()).lines().findFirst().orElse(""),
                    cause);
        } catch (TimeoutException e) {
            throw lost(first, "no response within " + LIMIT_SECONDS + " s", e);
        }
    }

    private TopException lost(boolean first, String reason, Throwable cause) {
        return new TopException(
                first,
                first
                        ? "--jmx " + address + ": no JVM answers there (" + reason + "); start it with"
                                + " -Dcom.sun.management.jmxremote.port, and check the address"
                        : "the JVM at " + address + " does not answer any more (" + reason
                                + "); it has ended, or its JMX port is closed",
                cause);
    }

    @Override
    public void close() {
        RMIConnection connected = connection;
        if (connected != null) {
            thread.execute(() -> {
                try {
                    connected.close();
                } catch (IOException e) {
                    return; // the JVM has ended
                }
            });
        }
        thread.shutdown();
    }
}
