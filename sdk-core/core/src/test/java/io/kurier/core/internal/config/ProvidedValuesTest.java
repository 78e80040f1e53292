// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.inject.AbstractModule;
import com.google.inject.CreationException;
import com.google.inject.Guice;
import io.kurier.StartException;
import io.kurier.core.Kurier;
import io.kurier.core.guice.KurierBinder;
import io.kurier.core.guice.KurierModule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProvidedValuesTest {
    @TempDir
    private Path folder;

    @BeforeEach
    void writeSecrets() throws IOException {
        Files.writeString(
                folder.resolve("db.properties"), "user=shop\npassword=pa$$w0rd\\\\\\\\\naddress=127.0.0.1:1\n");
        Files.writeString(folder.resolve("token"), "t0ken\n");
    }

    @Test
    void putsInWhatFilesAndVariablesHold() {
        String file = "${file:" + folder + "/db.properties:";
        PublisherConfig config = read(Map.of(
                "bootstrap.servers",
                "127.0.0.1:9092",
                "config.providers",
                "env, file , dir",
                "config.providers.file.param.allowed.paths",
                folder.toString(),
                "client.id",
                file + "user}",
                "sasl.jaas.config",
                "x required username=\"" + file + "user}\" password=\"" + file + "password}\";",
                "ssl.key.password",
                "${dir:" + folder + ":token}",
                "sasl.kerberos.service.name",
                "${env:PATH}"));
        assertThat(config.connection())
                .containsEntry("client.id", "shop")
                .containsEntry("sasl.jaas.config", "x required username=\"shop\" password=\"pa$$w0rd\\\\\";")
                .containsEntry("ssl.key.password", "t0ken")
                .containsEntry("sasl.kerberos.service.name", System.getenv("PATH"));
        assertThat(config.secrets().hide("pa$$w0rd\\ of shop, t0ken")).isEqualTo("[hidden] of shop, [hidden]");
        assertThat(config.settings().get("sasl.jaas.config"))
                .extracting(Setting::variables)
                .isEqualTo(List.of(file + "user}", file + "password}"));
    }

    @Test
    void takesTheDefaultWhereAnEnvironmentVariableIsNotSet() {
        PublisherConfig config = read(Map.of(
                "config.providers",
                "env",
                "bootstrap.servers",
                "${env:KURIER_NOT_SET:127.0.0.1:9092}",
                "client.id",
                "${env:PATH:none}",
                "sasl.kerberos.service.name",
                "a${env:KURIER_NOT_SET:}b"));
        assertThat(config.connection())
                .containsEntry("bootstrap.servers", "127.0.0.1:9092")
                .containsEntry("client.id", System.getenv("PATH"))
                .containsEntry("sasl.kerberos.service.name", "ab");
        assertThat(config.settings().get("client.id"))
                .extracting(Setting::isSecret)
                .isEqualTo(true);
    }

    @Test
    void leavesWhatOnlyLooksLikeAVariable() {
        PublisherConfig config =
                read(Map.of("bootstrap.servers", "127.0.0.1:9092", "client.id", "${shop} $env:PATH {env:PATH}"));
        assertThat(config.connection()).containsEntry("client.id", "${shop} $env:PATH {env:PATH}");
    }

    @Test
    void hidesWhatAProviderGaveInTheErrorsOfTheCluster() {
        StartException failed = catchThrowableOfType(
                StartException.class,
                () -> Kurier.builder()
                        .set("config.providers", "file")
                        .set("bootstrap.servers", "${file:" + folder + "/db.properties:address}")
                        .transport(config -> {
                            String address =
                                    String.valueOf(config.producerKeys().get("bootstrap.servers"));
                            assertThat(address).isEqualTo("127.0.0.1:1");
                            throw new StartException("no broker at " + address, new IllegalStateException(address));
                        })
                        .start()
                        .close());
        assertThat(failed).hasMessage("no broker at [hidden]");
        assertThat(failed.getCause()).hasToString("java.lang.IllegalStateException: [hidden]");
    }

    @Test
    void worksForAGuiceModule() {
        CreationException failed = catchThrowableOfType(
                CreationException.class,
                () -> Guice.createInjector(new KurierModule(), new AbstractModule() {
                    @Override
                    protected void configure() {
                        KurierBinder.of(binder())
                                .set("config.providers", "file")
                                .set("bootstrap.servers", "127.0.0.1:1")
                                .set("publish.max.wait.ms", "${file:" + folder + "/db.properties:password}");
                    }
                }));
        assertThat(failed).hasMessageNotContainingAny("pa$$w0rd");
        assertThat(failed.getCause())
                .isInstanceOf(StartException.class)
                .message()
                .matches("publish\\.max\\.wait\\.ms \\(ProvidedValuesTest\\.java:\\d+\\): the value of \\$\\{file:.*"
                        + ":password} is not a whole number\\.");
    }

    private static PublisherConfig read(Map<String, String> keys) {
        Problems problems = new Problems();
        PublisherConfig config = ConfigReader.read(
                keys.entrySet().stream()
                        .map(entry -> new Setting(entry.getKey(), entry.getValue(), "test"))
                        .toList(),
                List.of(),
                problems);
        problems.throwIfAny();
        return config;
    }
}
