// SPDX-License-Identifier: Apache-2.0
package io.kurier.spring.boot;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.tuple;

import io.kurier.Health;
import io.kurier.Health.Cause;
import io.kurier.Health.Reason;
import io.kurier.Publisher;
import io.kurier.testkit.FakeKafka;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.actuate.autoconfigure.endpoint.EndpointAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.availability.ApplicationAvailabilityBean;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroup;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroups;
import org.springframework.boot.health.autoconfigure.actuate.endpoint.HealthEndpointAutoConfiguration;
import org.springframework.boot.health.autoconfigure.contributor.HealthContributorAutoConfiguration;
import org.springframework.boot.health.autoconfigure.registry.HealthContributorRegistryAutoConfiguration;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** The health of publishers in Actuator. */
@Timeout(60)
class KurierHealthAutoConfigurationTest {
    private static final String BEAN = "kurierHealthContributor";

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(
                    AutoConfigurations.of(KurierAutoConfiguration.class, KurierHealthAutoConfiguration.class));

    @Test
    void aPublisherThatIsReadyIsUp() {
        runner.withBean(FakeKafka.class)
                .withPropertyValues("kurier.bootstrap.servers=fake:9092", "kurier.producer.metric.reporters=")
                .run(context -> {
                    var health = health(context.getBean(BEAN, HealthIndicator.class));
                    assertThat(health.getStatus()).isEqualTo(Status.UP);
                    assertThat(health.getDetails()).isEmpty();
                });
    }

    @Test
    void aPublisherThatIsNotReadyIsOutOfServiceWithItsReasons() {
        Health unready = new Health(
                true,
                false,
                List.of(
                        new Reason(Cause.NOT_CONNECTED, "no broker is connected"),
                        new Reason(Cause.TOPIC_DIFFERS, "the topic orders is not found")));
        runner.withBean(Publisher.class, () -> publisher(unready)).run(context -> {
            var health = health(context.getBean(BEAN, HealthIndicator.class));
            assertThat(health.getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
            assertThat(health.getDetails())
                    .containsExactly(entry(
                            "reasons",
                            List.of(
                                    "NOT_CONNECTED: no broker is connected",
                                    "TOPIC_DIFFERS: the topic orders is not found")));
        });
    }

    @Test
    void aPublisherThatIsNotLiveIsDown() {
        Health dead = new Health(false, false, List.of(new Reason(Cause.CLOSED, "the publisher is closed")));
        runner.withBean(Publisher.class, () -> publisher(dead))
                .run(context -> assertThat(health(context.getBean(BEAN, HealthIndicator.class))
                                .getStatus())
                        .isEqualTo(Status.DOWN));
    }

    @Test
    void severalPublishersHaveOneEntryEach() {
        runner.withBean("first", Publisher.class, () -> publisher(Health.READY))
                .withBean("second", Publisher.class, () -> publisher(new Health(true, false, List.of())))
                .run(context -> assertThat(context.getBean(BEAN, CompositeHealthContributor.class).stream())
                        .extracting(
                                each -> each.name(),
                                each -> health((HealthIndicator) each.contributor())
                                        .getStatus())
                        .containsExactlyInAnyOrder(tuple("first", Status.UP), tuple("second", Status.OUT_OF_SERVICE)));
    }

    @Test
    void canBeTurnedOffAndReplaced() {
        ApplicationContextRunner one = runner.withBean(Publisher.class, () -> publisher(Health.READY));
        one.withPropertyValues("management.health.kurier.enabled=false")
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(HealthContributor.class));
        one.withBean(
                        "kurierHealthIndicator",
                        HealthIndicator.class,
                        () -> () -> org.springframework.boot.health.contributor.Health.unknown()
                                .build())
                .run(context -> assertThat(context).hasSingleBean(HealthContributor.class));
    }

    /** The properties of the probes in docs/spring-boot.md. */
    @Test
    void isAMemberOfTheGroupsOfProbes() {
        runner.withConfiguration(AutoConfigurations.of(
                        EndpointAutoConfiguration.class,
                        HealthContributorAutoConfiguration.class,
                        HealthContributorRegistryAutoConfiguration.class,
                        HealthEndpointAutoConfiguration.class))
                .withBean(ApplicationAvailabilityBean.class)
                .withBean(Publisher.class, () -> publisher(Health.READY))
                .withPropertyValues(
                        "management.endpoints.web.exposure.include=health",
                        "management.endpoint.health.group.readiness.include=kurier",
                        "management.endpoint.health.group.liveness.include=kurier",
                        "management.endpoint.health.group.liveness.status.http-mapping.down=503",
                        "management.endpoint.health.group.liveness.status.http-mapping.out-of-service=200")
                .run(context -> {
                    HealthEndpointGroups groups = context.getBean(HealthEndpointGroups.class);
                    Map<String, HealthEndpointGroup> probes = Map.of(
                            "readiness", requireNonNull(groups.get("readiness")),
                            "liveness", requireNonNull(groups.get("liveness")));
                    assertThat(probes.values()).allMatch(group -> group.isMember("kurier"));
                    assertThat(code(probes, "readiness", Status.OUT_OF_SERVICE)).isEqualTo(503);
                    assertThat(code(probes, "liveness", Status.OUT_OF_SERVICE)).isEqualTo(200);
                    assertThat(code(probes, "liveness", Status.DOWN)).isEqualTo(503);
                });
    }

    private static org.springframework.boot.health.contributor.Health health(HealthIndicator indicator) {
        return requireNonNull(indicator.health());
    }

    private static int code(Map<String, HealthEndpointGroup> probes, String name, Status status) {
        return requireNonNull(probes.get(name)).getHttpCodeStatusMapper().getStatusCode(status);
    }

    private static Publisher publisher(Health health) {
        return (Publisher) Proxy.newProxyInstance(
                Publisher.class.getClassLoader(),
                new Class<?>[] {Publisher.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "health" -> health;
                    case "hashCode" -> System.identityHashCode(proxy);
                    case "equals" -> proxy == arguments[0];
                    case "close" -> null;
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }
}
