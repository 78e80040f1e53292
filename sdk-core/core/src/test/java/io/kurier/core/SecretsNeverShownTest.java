// SPDX-License-Identifier: Apache-2.0
package io.kurier.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.kurier.broker.LocalBroker;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Puts a canary into every secret key, lets another JVM run with all logs at DEBUG, and looks for the canary in all that
 * it has shown: logs, exceptions with their causes, texts of objects, names and attributes of MBeans, names of threads.
 */
class SecretsNeverShownTest {
    private static final String CANARY = "CANARY";
    private static final String LOGIN = "org.apache.kafka.common.security.plain.PlainLoginModule";
    private static final String SASL = "security.protocol=SASL_PLAINTEXT\nsasl.mechanism=PLAIN\nsasl.jaas.config=";
    private static final String PEM = "security.protocol=SSL\nssl.keystore.type=PEM\nssl.truststore.type=PEM\n";
    private static final String TOPIC =
            "topics.orders.value.serializer=signed\n" + "topics.orders.value.serializer.password=a CANARYOFTHEPLUGIN\n";

    @TempDir
    private Path folder;

    /** What the other JVM has shown. */
    private record Shown(String output) {
        List<String> leaks() {
            return output.lines().filter(line -> line.contains(CANARY)).toList();
        }
    }

    @Test
    void aPublisherThatRunsShowsNone() throws Exception {
        Path secrets = Files.writeString(folder.resolve("secrets.txt"), "key=CANARYOFTHEFILE\nwait=71717171\n");
        StringBuilder text = new StringBuilder(TOPIC);
        int given = 0;
        for (String key : passwords()) {
            text.append(key).append('=').append(CANARY).append(given++).append('\n');
        }
        assertThat(given).isGreaterThanOrEqualTo(9);
        try (LocalBroker broker = LocalBroker.start()) {
            text.append("bootstrap.servers=" + broker.bootstrapServers() + "\ntopics.management=create\n")
                    .append("config.providers=file,env,dir\n")
                    .append("sasl.kerberos.service.name=${file:" + secrets + ":key}\n")
                    .append("publish.max.wait.ms=${file:" + secrets + ":wait}\n");
            Shown shown = run("runs", write("kurier.properties", text.toString()));

            assertThat(shown.output()).contains("stored at Receipt", "the run is over");
            assertThat(shown.leaks().stream()
                            // Kafka logs every key whose type is not that of a secret, wherever its value comes from
                            .filter(line -> !line.contains("sasl.kerberos.service.name = CANARYOFTHEFILE"))
                            .toList())
                    .isEmpty();
            assertThat(shown.output()).doesNotContain("71717171");
            assertThat(shown.output())
                    .contains("DEBUG", "ProducerConfig values", "AdminClientConfig values")
                    .contains("ssl.key.password = [hidden]", "sasl.jaas.config = [hidden]")
                    .contains("kafka.producer:type=producer-metrics");
        }
    }

    @Test
    void aStartThatFailsShowsNone() throws Exception {
        failures()
                .forEach((name, text) -> write(name + ".properties", "bootstrap.servers=127.0.0.1:1\n" + TOPIC + text));
        Shown shown = run("fails", folder);

        assertThat(shown.leaks()).isEmpty();
        assertThat(shown.output()).contains("the run is over", "DEBUG").doesNotContain("has started");
        for (String name : failures().keySet()) {
            assertThat(shown.output())
                    .contains(name + ".properties verify: has failed", name + ".properties off: has failed");
        }
        assertThat(shown.output())
                .contains(
                        "sasl.jaas.config (jaas-flag.properties:6): not a JAAS configuration: the word after the login"
                                + " module's class is not required, requisite, sufficient or optional")
                .contains("sasl.jaas.config (jaas-unescaped.properties:6): not a JAAS configuration: option 2 is not")
                .contains("of type PKCS12")
                .contains("ssl.truststore.location (trust-password.properties:7)");
    }

    /** Starts that end in Kafka's own code, which has the secret in its hands. */
    private Map<String, String> failures() throws IOException, GeneralSecurityException {
        Map<String, String> failures = new LinkedHashMap<>();
        failures.put("jaas-flag", SASL + LOGIN + " CANARYFLAG username=\"a\" password=\"CANARYPASSWORD\";");
        failures.put("jaas-word", SASL + "CANARYWORD");
        failures.put("jaas-end", SASL + LOGIN + " required username=\"a\" password=\"CANARYPASSWORD\"");
        failures.put("jaas-unescaped", SASL + LOGIN + " required password=\"ab\"CANARY!Zebra22\";");
        failures.put("jaas-option", SASL + LOGIN + " required CANARYOPTION username;");
        failures.put("jaas-class", SASL + "com.example.Module required password=\"CANARYPASSWORD\";");
        failures.put("jaas-quote", SASL + LOGIN + " required password=\"CANARYPASSWORD;");
        failures.put("pem-key", PEM + "ssl.keystore.key=CANARYKEY\nssl.keystore.certificate.chain=CANARYCHAIN");
        failures.put(
                "pem-base64",
                PEM
                        + "ssl.keystore.key=-----BEGIN PRIVATE KEY----- CANARY+KEY? -----END PRIVATE KEY-----\n"
                        + "ssl.keystore.certificate.chain=-----BEGIN CERTIFICATE----- Q0FOQVJZ"
                        + " -----END CERTIFICATE-----\nssl.key.password=CANARYPASSWORD");
        failures.put("pem-trust", PEM + "ssl.truststore.certificates=CANARYCERTIFICATE");
        failures.put(
                "store-password",
                "security.protocol=SSL\nssl.keystore.type=PKCS12\nssl.keystore.password=CANARYPASSWORD\n"
                        + "ssl.key.password=CANARYKEY\nssl.keystore.location=" + keyStore());
        failures.put(
                "trust-password",
                "security.protocol=SSL\nssl.truststore.type=PKCS12\nssl.truststore.password=CANARYPASSWORD\n"
                        + "ssl.truststore.location=" + keyStore());
        failures.put(
                "oauth",
                "security.protocol=SASL_PLAINTEXT\nsasl.mechanism=OAUTHBEARER\n"
                        + "sasl.jaas.config=org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule required"
                        + " clientSecret=\"CANARYOPTION\";\n"
                        + "sasl.oauthbearer.token.endpoint.url=http://127.0.0.1:1/\n"
                        + "sasl.oauthbearer.client.credentials.client.id=me\n"
                        + "sasl.oauthbearer.client.credentials.client.secret=CANARYSECRET\n");
        return failures;
    }

    @Test
    void noticesWhatKafkaShowsByItself() throws Exception {
        Path file = write(
                "kurier.properties",
                "bootstrap.servers=127.0.0.1:1\n" + failures().get("jaas-flag"));
        assertThat(run("leaks-by-kafka", file).leaks()).anyMatch(line -> line.contains("control flag 'CANARYFLAG'"));
    }

    @Test
    void noticesASecretInAnMBeanAndInACause() throws Exception {
        Path file = write("kurier.properties", "ssl.key.password=CANARY");
        assertThat(run("leaks-by-jmx", file).leaks()).containsExactly("  Words = [CANARY]");
        assertThat(run("leaks-by-cause", file).leaks())
                .contains("Caused by: java.lang.IllegalArgumentException: CANARY");
    }

    private static TreeSet<String> passwords() {
        return ProducerConfig.configDef().configKeys().values().stream()
                .filter(key -> key.type() == ConfigDef.Type.PASSWORD)
                .map(key -> key.name)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private Path keyStore() throws IOException, GeneralSecurityException {
        Path file = folder.resolve("store.p12");
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, "another password".toCharArray());
        }
        return file;
    }

    private Path write(String name, String text) {
        try {
            return Files.writeString(folder.resolve(name), text);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private Shown run(String what, Path at) throws IOException, InterruptedException {
        String text = OtherJvm.run(
                folder.resolve(what + ".out"),
                List.of("-Dguice_bytecode_gen_option=DISABLED", "-Dorg.slf4j.simpleLogger.defaultLogLevel=debug"),
                SecretRun.class,
                what,
                at.toString());
        assertThat(text).endsWith("the run is over\n");
        return new Shown(text);
    }
}
