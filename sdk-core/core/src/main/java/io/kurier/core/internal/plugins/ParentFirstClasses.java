// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.plugins;

import java.util.List;
import java.util.Set;

/**
 * The classes that a plugin shares with the application, because both use them in their common interfaces. Those of
 * Kafka are chosen as in Kafka Connect, so that one jar works in both.
 */
final class ParentFirstClasses {
    /** Packages with all their subpackages. The last three are the JDK's, which its {@code javax} packages use. */
    private static final List<String> SHARED = List.of(
            "java.", "javax.", "org.slf4j.", "org.apache.kafka.", "org.w3c.dom.", "org.xml.sax.", "org.ietf.jgss.");

    /** Kafka's packages that are implementations: a plugin may bring its own. */
    private static final List<String> OWN_OF_KAFKA = List.of(
            "org.apache.kafka.common.config.provider.",
            "org.apache.kafka.connect.transforms.",
            "org.apache.kafka.connect.json.",
            "org.apache.kafka.connect.file.",
            "org.apache.kafka.connect.mirror.",
            "org.apache.kafka.connect.converters.",
            "org.apache.kafka.connect.connector.policy.",
            "org.apache.kafka.connect.rest.basic.auth.extension.");

    private static final Set<String> OWN_CLASSES_OF_KAFKA = Set.of(
            "org.apache.kafka.connect.storage.StringConverter",
            "org.apache.kafka.connect.storage.SimpleHeaderConverter");

    /** The interfaces in those packages. */
    private static final List<String> INTERFACES_OF_KAFKA = List.of(
            "org.apache.kafka.common.config.provider.ConfigProvider",
            "org.apache.kafka.connect.transforms.Transformation",
            "org.apache.kafka.connect.transforms.predicates.Predicate",
            "org.apache.kafka.connect.connector.policy.ConnectorClientConfigOverridePolicy",
            "org.apache.kafka.connect.connector.policy.ConnectorClientConfigRequest");

    /**
     * The packages that plugins are compiled against. Everything else of Kurier is an ordinary library: formats,
     * partitioners.
     */
    private static final Set<String> OF_KURIER = Set.of("io.kurier", "io.kurier.spi");

    private ParentFirstClasses() {}

    /** Returns whether a class is always the application's, even if the plugin has one of the same name. */
    static boolean isShared(String className) {
        if (className.startsWith("io.kurier")) {
            return OF_KURIER.contains(className.substring(0, Math.max(0, className.lastIndexOf('.'))));
        }
        return SHARED.stream().anyMatch(className::startsWith) && !isOwnOfKafka(className);
    }

    private static boolean isOwnOfKafka(String className) {
        String outermost = className.contains("$") ? className.substring(0, className.indexOf('$')) : className;
        return OWN_CLASSES_OF_KAFKA.contains(outermost)
                || (OWN_OF_KAFKA.stream().anyMatch(className::startsWith) && !INTERFACES_OF_KAFKA.contains(outermost));
    }

    /** Returns whether the class file of a jar is in one of the packages that plugins are compiled against. */
    static boolean isOfKurier(String entry) {
        return entry.endsWith(".class")
                && OF_KURIER.contains(
                        entry.substring(0, Math.max(0, entry.lastIndexOf('/'))).replace('/', '.'));
    }
}
