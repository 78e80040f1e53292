// SPDX-License-Identifier: Apache-2.0
package io.kurier.core;

import io.kurier.Publisher;
import io.kurier.StartException;
import io.kurier.Topic;
import io.kurier.core.internal.config.ConfigReader;
import io.kurier.core.internal.config.Problems;
import io.kurier.core.internal.config.PropertiesFile;
import io.kurier.core.internal.config.PublisherConfig;
import io.kurier.core.internal.config.Setting;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.StandardMBean;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The program of a JVM that {@link SecretsNeverShownTest} watches: it starts publishers from files and prints all that a
 * curious person can get to see.
 */
public final class SecretRun {
    private static final Topic<String, byte[]> ORDERS = Topic.of("orders", String.class, byte[].class);

    private SecretRun() {}

    /** An MBean that shows what it should not. */
    public interface TalkativeMBean {
        /** What it should not show. */
        String[] getWords();
    }

    /** Runs what the first argument says with the file, or the files of the folder, that the second one names. */
    public static void main(String[] args) throws Exception {
        Path at = Path.of(args[1]);
        switch (args[0]) {
            case "runs" -> run(at);
            case "fails" -> failAll(at);
            case "leaks-by-kafka" -> failWithKafka(at);
            case "leaks-by-jmx" -> {
                TalkativeMBean talkative = () -> new String[] {secret(at)};
                ManagementFactory.getPlatformMBeanServer()
                        .registerMBean(
                                new StandardMBean(talkative, TalkativeMBean.class),
                                new ObjectName("test:type=Talkative"));
                showMBeans();
            }
            case "leaks-by-cause" ->
                new StartException("sound", new IllegalStateException(new IllegalArgumentException(secret(at))))
                        .printStackTrace(System.out);
            default -> throw new IllegalArgumentException(args[0]);
        }
        System.out.println("the run is over");
    }

    private static String secret(Path file) {
        return PropertiesFile.read(file).stream()
                .filter(Setting::isSecret)
                .findFirst()
                .orElseThrow()
                .value();
    }

    private static void run(Path file) throws Exception {
        List<Setting> settings = PropertiesFile.read(file);
        Problems problems = new Problems();
        PublisherConfig config = ConfigReader.read(settings, List.of("orders"), problems);
        problems.throwIfAny();
        System.out.println(settings);
        System.out.println(config);
        System.out.println(config.topics());
        System.out.println(config.settings());
        System.out.println(config.serializerDefaults());
        System.out.println(config.secrets());
        System.out.println(config.topics().get(0).valueSerializer());
        Kurier.check(file, ORDERS).forEach(System.out::println);
        try (Publisher publisher = Kurier.start(file, ORDERS)) {
            System.out.println(publisher);
            System.out.println("stored at "
                    + publisher
                            .publish(ORDERS, "key", "value".getBytes(StandardCharsets.UTF_8))
                            .join());
            showMBeans();
            Thread.getAllStackTraces().keySet().forEach(System.out::println);
        }
    }

    private static void showMBeans() throws JMException {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        for (ObjectName name : server.queryNames(null, null)) {
            System.out.println(name);
            for (MBeanAttributeInfo attribute : server.getMBeanInfo(name).getAttributes()) {
                System.out.println("  " + attribute.getName() + " = " + shown(server, name, attribute));
            }
        }
    }

    private static String shown(MBeanServer server, ObjectName name, MBeanAttributeInfo attribute) {
        try {
            Object value = server.getAttribute(name, attribute.getName());
            return value instanceof Object[] several ? Arrays.deepToString(several) : String.valueOf(value);
        } catch (JMException | RuntimeException e) {
            return e.toString(); // not every attribute is supported on every JVM
        }
    }

    private static void failAll(Path folder) throws Exception {
        List<Path> files;
        try (Stream<Path> found = Files.list(folder)) {
            files = found.filter(file -> file.toString().endsWith(".properties"))
                    .sorted()
                    .toList();
        }
        for (Path file : files) {
            for (String management : List.of("verify", "off")) {
                try (Publisher publisher = Kurier.builder()
                        .properties(file)
                        .set("topics.management", management)
                        .topics(ORDERS)
                        .start()) {
                    System.out.println(file.getFileName() + " " + management + ": has started " + publisher);
                } catch (StartException e) {
                    System.out.println(file.getFileName() + " " + management + ": has failed");
                    e.printStackTrace(System.out);
                }
            }
        }
    }

    private static void failWithKafka(Path file) {
        Map<String, Object> keys = new HashMap<>();
        PropertiesFile.read(file).stream()
                .filter(setting -> !setting.key().startsWith("topics"))
                .forEach(setting -> keys.put(setting.key(), setting.value()));
        try {
            new KafkaProducer<>(keys, new ByteArraySerializer(), new ByteArraySerializer()).close();
        } catch (KafkaException e) {
            e.printStackTrace(System.out);
        }
    }
}
