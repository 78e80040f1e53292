// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.kurier.StartException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {
    private static final Secrets SECRETS = Secrets.of(
            List.of(
                    new Setting(
                            "sasl.jaas.config",
                            "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"shop\""
                                    + " password=\"open sesame\";",
                            "test:1"),
                    new Setting("client.id", "shop-1", "test:2")),
            List.of("5", "127.0.0.1:9092"));

    @Test
    void hidesAPasswordAsAWholeAndNotTheWordsOfALanguageInIt() {
        assertThat(SECRETS.hide("the password open sesame, and sesame alone"))
                .isEqualTo("the password [hidden], and sesame alone");
        assertThat(SECRETS.hide("connecting to /127.0.0.1:9092")).isEqualTo("connecting to /[hidden]");
    }

    @Test
    void hidesTheLinesOfAKey() {
        Secrets secrets = Secrets.of(
                List.of(new Setting(
                        "ssl.keystore.key",
                        "-----BEGIN PRIVATE KEY----- MC4CAQAwBQYDK2VwBCIEIA 9f3kQmT7ZpLxVbNcR2sYdWgH -----END PRIVATE KEY-----",
                        "test:1")),
                List.of());
        assertThat(secrets.hide("no key in 9f3kQmT7ZpLxVbNcR2sYdWgH PRIVATE")).isEqualTo("no key in [hidden] PRIVATE");
    }

    @Test
    void leavesWhatIsNoSecret() {
        String text = "PlainLoginModule required: the password is wrong for shop-2, after 50 ms";
        assertThat(SECRETS.hide(text)).isEqualTo(text);
        assertThat(SECRETS.hide("client.id is chop-1")).isEqualTo("client.id is chop-1");
    }

    @Test
    void leavesAUserNameThatAConfigProviderGave() {
        Secrets secrets = Secrets.of(
                List.of(new Setting(
                        "sasl.jaas.config", "x required username=\"shop\" password=\"Zebra22\";", "test:1")),
                List.of("shop", "Zebra22"));
        assertThat(secrets.hide("shop has the password Zebra22")).isEqualTo("shop has the password [hidden]");
    }

    @Test
    void hidesEveryWordOfALoginThatCannotBeRead() {
        Secrets secrets = Secrets.of(
                List.of(new Setting(
                        "sasl.jaas.config", "x required username=\"shop\" password=\"ab\"Hunter!Zebra22\";", "test:1")),
                List.of());
        assertThat(secrets.hide("Value not specified for key 'Hunter!Zebra22'"))
                .isEqualTo("Value not specified for key '[hidden]'");
    }

    @Test
    void hidesAShortSecretOnlyAsAWord() {
        assertThat(SECRETS.hide("5 is not from 50 to 1500")).isEqualTo("[hidden] is not from 50 to 1500");
    }

    @Test
    void leavesACleanExceptionAsItIs() {
        Exception clean = new IllegalStateException("closed", new IllegalArgumentException("gone"));
        StartException start = new StartException("cannot start", clean);
        assertThat(SECRETS.hide(clean)).isSameAs(clean);
        assertThat(SECRETS.hide(start)).isSameAs(start);
    }

    @Test
    void standsInForAnExceptionWhoseCauseShowsASecret() {
        Exception deepest = new IllegalArgumentException("not open sesame");
        StartException hidden =
                SECRETS.hide(new StartException("cannot start", new IllegalStateException("closed", deepest)));
        assertThat(trace(hidden))
                .contains("cannot start", "java.lang.IllegalStateException: closed")
                .contains("Caused by: java.lang.IllegalArgumentException: not [hidden]")
                .contains("standsInForAnExceptionWhoseCauseShowsASecret")
                .doesNotContain("open sesame");
    }

    @Test
    void standsInForAnExceptionThatCarriesASecretBeside() {
        Exception failure = new IllegalStateException("closed");
        failure.addSuppressed(new IllegalArgumentException("open sesame"));
        assertThat(trace(SECRETS.hide(failure)))
                .startsWith("java.lang.IllegalStateException: closed")
                .doesNotContain("open sesame");
        StartException start = new StartException("cannot start", null);
        start.addSuppressed(failure);
        assertThat(trace(SECRETS.hide(start)))
                .startsWith("io.kurier.StartException: cannot start")
                .doesNotContain("open sesame");
    }

    @Test
    void endsWhereCausesFormACircle() {
        Exception first = new IllegalStateException("first");
        first.initCause(new IllegalStateException("second", first));
        assertThat(trace(SECRETS.hide(first))).startsWith("java.lang.IllegalStateException: first");
    }

    @Test
    void showsNothingItself() {
        assertThat(SECRETS.toString()).isEqualTo("Secrets[" + SECRETS.toString().replaceAll("\\D", "") + "]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ssl.key.password",
                "ssl.key.pasword",
                "producer.ssl.keystore.passwrod",
                "sasl.jaas.config",
                "sasl.jaas.confg",
                "sasl.jas.config",
                "ssl.keystore.key",
                "ssl.truststore.certificates",
                "sasl.oauthbearer.client.credentials.client.secret",
                "my.secret",
                "SSL.KEY.PASSWORD",
                "topics.orders.value.serializer.api.key",
                "topics.orders.value.serializer.auth-token",
                "key.passphrase",
                "user.credentials"
            })
    void knowsASecretByItsKey(String key) {
        assertThat(new Setting(key, "x", "test").isSecret()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "topics.token.name",
                "topics.secret.partitions",
                "sasl.oauthbearer.token.endpoint.url",
                "sasl.oauthbearer.assertion.private.key.file",
                "ssl.keystore.type",
                "producer.linger.ms",
                "topics.orders.key.serializer"
            })
    void knowsWhatIsNoSecret(String key) {
        assertThat(new Setting(key, "x", "test").isSecret()).isFalse();
    }

    private static String trace(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
