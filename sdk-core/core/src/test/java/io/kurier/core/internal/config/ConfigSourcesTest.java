// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kurier.StartException;
import io.kurier.core.Kurier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A configuration that is read again: which source counts for a key, and which files it depends on. */
class ConfigSourcesTest {
    @TempDir
    Path folder;

    @Test
    void takesNewValuesOfFilesAndOldOnesOfCode() throws IOException {
        Path file = write("a.properties", "bootstrap.servers=127.0.0.1:1");
        List<Setting> settings = new ArrayList<>(PropertiesFile.read(file));
        settings.add(new Setting("client.id", "of-code", "code"));
        ConfigSources sources = new ConfigSources(settings, List.of());
        write("a.properties", "bootstrap.servers=127.0.0.1:2", "ssl.protocol=TLSv1.3", "client.id=of-file");

        PublisherConfig now = sources.again();

        assertThat(now.connection())
                .containsEntry("bootstrap.servers", "127.0.0.1:2")
                .containsEntry("ssl.protocol", "TLSv1.3")
                .containsEntry("client.id", "of-code");
    }

    @Test
    void keepsAnOverridingFileAndFallsBackToTheOtherWhereItHasTheKeyNoMore() throws IOException {
        Path base = write("base.properties", "bootstrap.servers=127.0.0.1:1", "ssl.protocol=TLSv1.2");
        Path environment = write("environment.properties", "bootstrap.servers=127.0.0.1:2");
        List<Setting> settings = new ArrayList<>(PropertiesFile.read(base));
        settings.removeIf(setting -> setting.key().equals("bootstrap.servers"));
        settings.addAll(PropertiesFile.read(environment));
        ConfigSources sources = new ConfigSources(settings, List.of());
        write("base.properties", "bootstrap.servers=127.0.0.1:3", "ssl.protocol=TLSv1.3", "ssl.provider=base");
        write("environment.properties", "bootstrap.servers=127.0.0.1:4", "ssl.provider=environment");

        assertThat(sources.again().connection())
                .containsEntry("bootstrap.servers", "127.0.0.1:4")
                .containsEntry("ssl.protocol", "TLSv1.3")
                .containsEntry("ssl.provider", "environment");

        write("environment.properties", "ssl.provider=environment");

        assertThat(sources.again().connection()).containsEntry("bootstrap.servers", "127.0.0.1:3");
    }

    @Test
    void reportsAKeyThatAFileHasTwiceByThen() throws IOException {
        Path file = write("a.properties", "bootstrap.servers=127.0.0.1:1");
        ConfigSources sources = new ConfigSources(PropertiesFile.read(file), List.of());
        write("a.properties", "bootstrap.servers=127.0.0.1:1", "bootstrap.servers=127.0.0.1:2");

        assertThatThrownBy(sources::again)
                .isInstanceOf(StartException.class)
                .hasMessageContaining("bootstrap.servers (a.properties:2): set twice");
    }

    @Test
    void listsTheFilesThatTheConnectionDependsOn() throws IOException {
        Path secret = write("secret.properties", "password=p");
        write("name", "n");
        Path file = write(
                "a.properties",
                "bootstrap.servers=127.0.0.1:1",
                "config.providers=file,dir,env",
                "security.protocol=SASL_SSL",
                "ssl.keystore.location=" + folder + "/client.pem",
                "ssl.truststore.location=" + folder + "/trust.p12",
                "sasl.oauthbearer.token.endpoint.url="
                        + folder.resolve("token.jwt").toUri(),
                "sasl.jaas.config=a.LoginModule required username=\"${dir:" + folder + ":name}\" password=\"${file:"
                        + secret + ":password}\";");
        ConfigSources sources = new ConfigSources(PropertiesFile.read(file), List.of());

        assertThat(sources.files(sources.first(new Problems())))
                .containsExactlyInAnyOrder(
                        file,
                        secret,
                        folder.resolve("name"),
                        folder.resolve("client.pem"),
                        folder.resolve("trust.p12"),
                        folder.resolve("token.jwt"));
    }

    @Test
    void reportsAWrongValueOfTheKeyThatTurnsTheWatchOn() throws IOException {
        Path file = write("a.properties", "bootstrap.servers=127.0.0.1:1", "reload.files=maybe");

        assertThatThrownBy(() -> Kurier.check(file)).hasMessageContaining("reload.files (a.properties:2)");
    }

    @Test
    void namesTheKeysThatARotationDoesNotUse() throws IOException {
        Path file = write("a.properties", "bootstrap.servers=127.0.0.1:1", "resolve.timeout.ms=1", "client.id=a");
        ConfigSources sources = new ConfigSources(PropertiesFile.read(file), List.of());
        PublisherConfig started = sources.first(new Problems());
        write("a.properties", "bootstrap.servers=127.0.0.1:2", "client.id=b", "config.providers=env", "topics=t");
        Problems problems = new Problems();
        PublisherConfig now = ConfigReader.read(PropertiesFile.read(file), List.of("t"), problems);

        assertThat(RotatedConfig.of(started, now).unused())
                .containsExactly("client.id", "resolve.timeout.ms", "topics");
    }

    private Path write(String name, String... lines) throws IOException {
        return Files.write(folder.resolve(name), List.of(lines));
    }
}
