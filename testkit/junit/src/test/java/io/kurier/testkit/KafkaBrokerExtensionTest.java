// SPDX-License-Identifier: Apache-2.0
package io.kurier.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.kurier.broker.LocalBroker;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

@WithKafka
class KafkaBrokerExtensionTest {
    private LocalBroker brokerOfTheSetUp;

    KafkaBrokerExtensionTest(LocalBroker broker) {
        brokerOfTheSetUp = broker;
    }

    @BeforeEach
    void setUp(LocalBroker broker) {
        brokerOfTheSetUp = broker;
    }

    @Test
    void givesEveryMethodTheSameBroker(LocalBroker broker) {
        assertThat(broker).isSameAs(brokerOfTheSetUp);
    }

    @Test
    void givesOneTestOneHelper(TestTopics one, TestTopics two) {
        assertThat(one).isSameAs(two);
    }

    @Test
    void sharesTheBrokerBetweenClassesAndExecutionsAndClosesItAtTheEnd() {
        Fixture.DIRECTORIES.clear();
        try (LauncherSession session = LauncherFactory.openSession()) {
            run(session, Fixture.class);
            run(session, OtherFixture.class);

            assertThat(Fixture.DIRECTORIES)
                    .hasSize(1)
                    .allSatisfy(directory -> assertThat(directory).exists());
        }

        assertThat(Fixture.DIRECTORIES)
                .hasSize(1)
                .allSatisfy(directory -> assertThat(directory).doesNotExist());
    }

    private static void run(LauncherSession session, Class<?> tests) {
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(selectClass(tests))
                .build();
        SummaryGeneratingListener summary = new SummaryGeneratingListener();
        session.getLauncher().execute(request, summary);
        assertThat(summary.getSummary().getFailures()).isEmpty();
        assertThat(summary.getSummary().getTestsSucceededCount()).isEqualTo(1);
    }

    @Nested
    class InANestedClass {
        private final LocalBroker brokerOfTheConstructor;

        InANestedClass(LocalBroker broker) {
            brokerOfTheConstructor = broker;
        }

        @Test
        void theBrokerIsTheSame(LocalBroker broker, TestTopics topics) {
            assertThat(broker).isSameAs(brokerOfTheConstructor).isSameAs(brokerOfTheSetUp);
            assertThat(topics.readAll(topics.create("nested", 1))).isEmpty();
        }
    }

    /** Run by a session of its own. */
    @ExtendWith(KafkaBrokerExtension.class)
    static final class Fixture {
        static final Set<Path> DIRECTORIES = new HashSet<>();

        @Test
        void usesTheBroker(LocalBroker broker, TestTopics topics) {
            assertThat(topics.create("fixture", 1)).startsWith("fixture-");
            DIRECTORIES.add(broker.directory());
        }
    }

    /** A second class of the same session, with the annotation on the method. */
    static final class OtherFixture {

        @Test
        @WithKafka
        void usesTheBroker(LocalBroker broker) {
            assertThat(broker.port()).isPositive();
            Fixture.DIRECTORIES.add(broker.directory());
        }
    }
}
