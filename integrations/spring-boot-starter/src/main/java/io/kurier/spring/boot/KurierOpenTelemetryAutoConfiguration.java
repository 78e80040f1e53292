// SPDX-License-Identifier: Apache-2.0
package io.kurier.spring.boot;

import io.kurier.opentelemetry.OpenTelemetryInstrumentation;
import io.opentelemetry.api.OpenTelemetry;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.annotation.Bean;

/**
 * Makes spans by the application's {@code OpenTelemetry}, if {@code kurier-opentelemetry} is there; metrics too, unless
 * Micrometer has them.
 */
@AutoConfiguration(
        before = KurierAutoConfiguration.class,
        after = KurierMicrometerAutoConfiguration.class,
        afterName = "org.springframework.boot.opentelemetry.autoconfigure.OpenTelemetrySdkAutoConfiguration")
@ConditionalOnClass({OpenTelemetryInstrumentation.class, OpenTelemetry.class})
@ConditionalOnSingleCandidate(OpenTelemetry.class)
public final class KurierOpenTelemetryAutoConfiguration {

    @Bean
    @ConditionalOnBean(type = "io.kurier.micrometer.MicrometerInstrumentation")
    @ConditionalOnMissingBean
    OpenTelemetryInstrumentation kurierOpenTelemetrySpans(OpenTelemetry openTelemetry) {
        return new OpenTelemetryInstrumentation(openTelemetry).withoutMetrics();
    }

    @Bean
    @ConditionalOnMissingBean(
            value = OpenTelemetryInstrumentation.class,
            type = "io.kurier.micrometer.MicrometerInstrumentation")
    OpenTelemetryInstrumentation kurierOpenTelemetryInstrumentation(OpenTelemetry openTelemetry) {
        return new OpenTelemetryInstrumentation(openTelemetry);
    }
}
