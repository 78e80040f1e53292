// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectionSecurityTest {
    private static final String FAR = "bootstrap.servers=127.0.0.1:9092,broker-2.example:9092";
    private static final String LOGIN =
            "sasl.jaas.config=org.apache.kafka.common.security.plain.PlainLoginModule required username=\"a\" password=\"CANARY\";";

    @Test
    void warnsOnceOfRecordsThatLeaveThisMachineWithoutTls() {
        assertThat(warnings(FAR))
                .containsExactly("bootstrap.servers (test:1): these brokers are not on this machine, and"
                        + " security.protocol, which is not set, is PLAINTEXT: on the way, all records can be read and"
                        + " changed. Set security.protocol=SSL (or SASL_SSL, with a log-in); security.require.tls=true"
                        + " makes a start without TLS an error.");
    }

    @Test
    void namesTheLogInThatLeavesThisMachineWithoutTls() {
        assertThat(warnings(FAR, "security.protocol=sasl_plaintext", "sasl.mechanism=PLAIN", LOGIN))
                .containsExactly("bootstrap.servers (test:1): these brokers are not on this machine, and"
                        + " security.protocol (test:2) is SASL_PLAINTEXT: on the way, the log-in and all records can be"
                        + " read and changed. Set security.protocol=SASL_SSL; security.require.tls=true makes a start"
                        + " without TLS an error.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1:9092", "localhost:9092,[::1]:9092"})
    void isSilentAboutBrokersOnThisMachine(String addresses) {
        assertThat(warnings("bootstrap.servers=" + addresses)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"SSL", "ssl", "SASL_SSL"})
    void isSilentAboutTls(String protocol) {
        assertThat(warnings(
                        FAR,
                        "security.protocol=" + protocol,
                        "security.require.tls=true",
                        "sasl.mechanism=PLAIN",
                        LOGIN,
                        "ssl.endpoint.identification.algorithm=HTTPS",
                        "ssl.trustmanager.algorithm=PKIX",
                        "ssl.engine.factory.class=org.apache.kafka.common.security.ssl.DefaultSslEngineFactory"))
                .isEmpty();
    }

    @Test
    void warnsOnceOfHostNamesThatAreNotVerified() {
        assertThat(warnings(
                        FAR,
                        "security.protocol=SSL",
                        "ssl.endpoint.identification.algorithm=",
                        "ssl.trustmanager.algorithm=TrustAll",
                        "security.allow.unverified.hosts=true"))
                .containsExactly("security.allow.unverified.hosts (test:5): host names of brokers may not be verified,"
                        + " because of ssl.endpoint.identification.algorithm (test:3), ssl.trustmanager.algorithm"
                        + " (test:4). Anyone with a trusted certificate can stand in for a broker. Remove these"
                        + " keys.");
    }

    @Test
    void isSilentAboutAPermissionThatNothingUses() {
        assertThat(warnings(FAR, "security.protocol=SSL", "security.allow.unverified.hosts=true"))
                .isEmpty();
    }

    @Test
    void warnsOfTokensThatComeWithoutTls() {
        String[] lines = {FAR, "security.protocol=SASL_SSL", "sasl.mechanism=OAUTHBEARER", ""};
        lines[3] = "sasl.oauthbearer.token.endpoint.url=http://tokens.example/token";
        assertThat(warnings(lines))
                .containsExactly("sasl.oauthbearer.token.endpoint.url (test:4): the tokens come over an address without"
                        + " TLS: on the way, the client's secret can be read. Use https there.");
        lines[3] = "sasl.oauthbearer.token.endpoint.url=http://localhost:8080/token";
        assertThat(warnings(lines)).isEmpty();
        lines[3] = "sasl.oauthbearer.token.endpoint.url=https://tokens.example/token";
        assertThat(warnings(lines)).isEmpty();
    }

    @Test
    void doesNotShowAProtocolFromAProvider(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("protocol.properties"), "protocol=sasl_Plaintext\n");
        assertThat(warnings(
                        FAR,
                        "config.providers=file",
                        "config.providers.file.param.allowed.paths=" + folder,
                        "security.protocol=${file:" + file + ":protocol}"))
                .singleElement()
                .asString()
                .contains("security.protocol (test:4) asks for no TLS: on the way, the log-in and all records");
    }

    private static List<String> warnings(String... lines) {
        List<Setting> settings = new ArrayList<>();
        for (String line : lines) {
            String[] parts = line.split("=", 2);
            settings.add(new Setting(parts[0], parts[1], "test:" + (settings.size() + 1)));
        }
        Problems problems = new Problems();
        PublisherConfig config = ConfigReader.read(settings, List.of(), problems);
        problems.throwIfAny();
        return config.securityWarnings();
    }
}
