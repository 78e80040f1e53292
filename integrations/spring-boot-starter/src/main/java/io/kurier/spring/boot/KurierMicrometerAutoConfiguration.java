// SPDX-License-Identifier: Apache-2.0
package io.kurier.spring.boot;

import io.kurier.micrometer.MicrometerInstrumentation;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.annotation.Bean;

/** Registers the meters of publishers with the application's registry, if {@code kurier-micrometer} is there. */
@AutoConfiguration(
        before = KurierAutoConfiguration.class,
        afterName = "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration")
@ConditionalOnClass({MicrometerInstrumentation.class, MeterRegistry.class})
public final class KurierMicrometerAutoConfiguration {

    @Bean
    @ConditionalOnSingleCandidate(MeterRegistry.class)
    @ConditionalOnMissingBean
    MicrometerInstrumentation kurierMicrometerInstrumentation(MeterRegistry registry) {
        return new MicrometerInstrumentation(registry);
    }
}
