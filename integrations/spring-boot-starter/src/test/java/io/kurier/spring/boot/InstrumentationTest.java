// SPDX-License-Identifier: Apache-2.0
package io.kurier.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import io.kurier.Publisher;
import io.kurier.Topic;
import io.kurier.micrometer.MicrometerInstrumentation;
import io.kurier.opentelemetry.OpenTelemetryInstrumentation;
import io.kurier.spi.Instrumentation;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration;
import org.springframework.boot.opentelemetry.autoconfigure.OpenTelemetrySdkAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** Metrics and traces, in the registry and the {@code OpenTelemetry} that Boot makes. */
@Timeout(60)
class InstrumentationTest {
    private static final Topic<String, String> ORDERS = Topic.of("orders", String.class, String.class);

    private final ApplicationContextRunner plain = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    KurierOpenTelemetryAutoConfiguration.class,
                    KurierMicrometerAutoConfiguration.class,
                    KurierAutoConfiguration.class))
            .withUserConfiguration(KurierAutoConfigurationTest.Shop.class)
            .withPropertyValues("kurier.bootstrap.servers=fake:9092", "kurier.topics.orders.value.serializer=text");

    private final ApplicationContextRunner runner = plain.withConfiguration(AutoConfigurations.of(
            MetricsAutoConfiguration.class,
            CompositeMeterRegistryAutoConfiguration.class,
            SimpleMetricsExportAutoConfiguration.class,
            OpenTelemetrySdkAutoConfiguration.class));

    @Test
    void registersTheMetersWithBootsRegistry() {
        runner.withPropertyValues("kurier.client.id=shop").run(context -> {
            Publisher publisher = context.getBean(Publisher.class);
            publisher.publish(ORDERS, "k", "v").join();
            publisher.flush().join();

            MeterRegistry registry = context.getBean(MeterRegistry.class);
            assertThat(registry.get("kurier.publish")
                            .tag("topic", "orders")
                            .timer()
                            .count())
                    .isOne();
        });
    }

    @Test
    void leavesTheMetricsToMicrometerWhereBothAreThere() {
        runner.run(context -> {
            assertThat(context).hasSingleBean(MicrometerInstrumentation.class);
            assertThat(context.getBean(OpenTelemetryInstrumentation.class).tracer("shop"))
                    .isNotNull();
            assertThat(context).hasBean("kurierOpenTelemetrySpans");
            assertThat(context).doesNotHaveBean("kurierOpenTelemetryInstrumentation");
        });
    }

    @Test
    void leavesBothToOpenTelemetryWithoutMicrometer() {
        runner.withClassLoader(new FilteredClassLoader(MicrometerInstrumentation.class))
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .hasSingleBean(Instrumentation.class)
                        .hasBean("kurierOpenTelemetryInstrumentation"));
    }

    @Test
    void addsNothingWithoutARegistryOrAnOpenTelemetry() {
        plain.run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(Instrumentation.class));
        plain.withBean(SimpleMeterRegistry.class)
                .withBean("noop", OpenTelemetry.class, OpenTelemetry::noop)
                .run(context -> assertThat(context.getBeansOfType(Instrumentation.class))
                        .hasSize(2));
    }

    @Test
    void leavesInstrumentationsOfTheApplicationAlone() {
        SimpleMeterRegistry own = new SimpleMeterRegistry();
        runner.withBean("mine", MicrometerInstrumentation.class, () -> new MicrometerInstrumentation(own))
                .run(context -> assertThat(context)
                        .hasSingleBean(MicrometerInstrumentation.class)
                        .hasBean("mine"));
    }
}
