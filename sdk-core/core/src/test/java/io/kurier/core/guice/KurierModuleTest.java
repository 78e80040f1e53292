// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.guice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.inject.AbstractModule;
import com.google.inject.CreationException;
import com.google.inject.Guice;
import com.google.inject.Inject;
import com.google.inject.Injector;
import com.google.inject.Module;
import com.google.inject.name.Named;
import com.google.inject.name.Names;
import io.kurier.Publisher;
import io.kurier.StartException;
import io.kurier.Topic;
import io.kurier.broker.LocalBroker;
import io.kurier.spi.SerializerPlugin;
import io.kurier.spi.SerializerSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.common.serialization.Serializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KurierModuleTest {
    private static final Topic<String, String> GREETINGS = Topic.of("greetings", String.class, String.class);

    /** A plugin that Guice makes. */
    static final class Politely implements SerializerPlugin {
        private final String title;

        @Inject
        Politely(@Named("title") String title) {
            this.title = title;
        }

        @Override
        public String name() {
            return "politely";
        }

        @Override
        public Serializer<?> serializer(SerializerSettings settings) {
            assertThat(settings.type()).isEqualTo(String.class);
            return (Serializer<String>) (topic, name) -> (title + " " + name).getBytes(StandardCharsets.UTF_8);
        }
    }

    @Test
    void publishesWithAPluginThatHasInjectedDependencies(@TempDir Path folder) throws IOException {
        try (LocalBroker broker = LocalBroker.start()) {
            Path file = Files.writeString(
                    folder.resolve("kurier.properties"),
                    "bootstrap.servers=" + broker.bootstrapServers() + "\ntopics.greetings.partitions=2\n");
            Injector injector = injector(kurier -> {
                kurier.properties(file).set("topics.management", "create").serializer(Politely.class);
                kurier.topic(GREETINGS).valueSerializer("politely").partitioner("first-byte");
            });
            try (Publisher publisher = injector.getInstance(Publisher.class)) {
                assertThat(injector.getInstance(Publisher.class)).isSameAs(publisher);
                assertThat(publisher.publish(GREETINGS, null, "Ada").join().valueBytes())
                        .isEqualTo("1st lady Ada".length());
            }
        }
    }

    @Test
    void namesTheLineOfTheModuleForEveryProblem() {
        List<String> problems = problems(kurier -> {
            kurier.set("bootstrap.servers", "127.0.0.1:1").set("producer.lingr.ms", "1");
            kurier.topic(GREETINGS).valueSerializer("jsn").partitioner("hash").set("max.record.byte", "1");
        });

        assertThat(problems).hasSize(4);
        assertThat(problems).allMatch(problem -> problem.matches("(?s)[\\w.]+ \\(KurierModuleTest\\.java:\\d+\\): .*"));
        assertThat(problems.get(0)).contains("unknown key. Did you mean producer.linger.ms?");
        assertThat(problems.get(1)).contains("unknown key. Did you mean topics.greetings.max.record.bytes?");
        assertThat(problems.get(2)).contains("no serializer is named \"jsn\"");
        assertThat(problems.get(3)).contains("no partitioner is named \"hash\"").contains("first-byte");
    }

    @Test
    void namesGuardsInTheirOrder() {
        assertThat(problems(kurier -> {
                    kurier.set("bootstrap.servers", "127.0.0.1:1");
                    kurier.topic(GREETINGS).valueSerializer("text").guards("first", "second", "as-told");
                }))
                .satisfiesExactly(
                        problem -> assertThat(problem)
                                .startsWith("topics.greetings.guards (KurierModuleTest.java:")
                                .contains("no guard is named \"first\""),
                        problem -> assertThat(problem).contains("no guard is named \"second\""));
    }

    @Test
    void refusesOneAliasWithTwoTypes() {
        assertThat(problems(kurier -> {
                    kurier.set("bootstrap.servers", "127.0.0.1:1");
                    kurier.topic(GREETINGS).valueSerializer("text");
                    kurier.topic(Topic.of("greetings", String.class, Integer.class));
                }))
                .singleElement()
                .asString()
                .startsWith("topics.greetings: declared twice, in KurierModuleTest.java:");
    }

    @Test
    void refusesUnknownKeysOfAPluginAndOfItsDefaults() {
        assertThat(problems(kurier -> {
                    kurier.set("bootstrap.servers", "127.0.0.1:1").set("serializer.text.charst", "UTF-8");
                    kurier.set("serializer.yaml.x", "1");
                    kurier.topic(GREETINGS).valueSerializer("text").set("value.serializer.charste", "UTF-8");
                }))
                .satisfiesExactlyInAnyOrder(
                        problem -> assertThat(problem).contains("Did you mean serializer.text.charset?"),
                        problem -> assertThat(problem).contains("no serializer is named \"yaml\""),
                        problem -> assertThat(problem)
                                .contains("Did you mean topics.greetings.value.serializer.charset?"));
    }

    @Test
    void saysWhichKeyIsMissing() {
        assertThat(problems(kurier -> kurier.topic(GREETINGS)))
                .satisfiesExactlyInAnyOrder(
                        problem -> assertThat(problem).startsWith("bootstrap.servers: missing."),
                        problem -> assertThat(problem)
                                .matches(
                                        "topics\\.greetings\\.value\\.serializer \\(KurierModuleTest\\.java:\\d+\\): missing\\. Name one of: .*"));
    }

    @Test
    void readsNoFileThatIsNotThere(@TempDir Path folder) {
        assertThatThrownBy(() -> injector(kurier -> kurier.properties(folder.resolve("absent.properties"))))
                .hasMessageContaining("absent.properties: no such file");
    }

    private static List<String> problems(Consumer<KurierBinder> said) {
        CreationException failed = catchThrowableOfType(CreationException.class, () -> injector(said));
        assertThat(failed.getCause()).isInstanceOf(StartException.class);
        return failed.getCause() instanceof StartException start ? start.problems() : List.of();
    }

    private static Injector injector(Consumer<KurierBinder> said) {
        Module users = new AbstractModule() {
            @Override
            protected void configure() {
                bind(String.class).annotatedWith(Names.named("title")).toInstance("1st lady");
                said.accept(KurierBinder.of(binder()));
            }
        };
        return Guice.createInjector(new KurierModule(), users);
    }
}
